import { connect } from "node:net";

export type Load = { perSecond: number; p99Ms: number; statuses: Map<string, number> };

/**
 * Keeps `connections` sockets busy for `seconds`, one request at a time each, and counts the answers. Bytes
 * are handed in ready-made, because building them would measure the client.
 */
export async function load(
  url: string,
  next: () => Buffer,
  connections: number,
  seconds: number,
): Promise<Load> {
  const { hostname, port } = new URL(url);
  const statuses = new Map<string, number>();
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, () => one()));
  times.sort((a, b) => a - b);
  return {
    perSecond: Math.round(times.length / ((performance.now() - began) / 1000)),
    p99Ms: Math.round((times[Math.floor(times.length * 0.99)] ?? 0) * 10) / 10,
    statuses,
  };

  function one(): Promise<void> {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    return new Promise((resolve, reject) => {
      let sent = 0;
      let answer = "";
      const ask = (): void => {
        if (performance.now() > end) {
          socket.destroy();
          resolve();
          return;
        }
        sent = performance.now();
        socket.write(next());
      };
      socket.on("error", reject);
      socket.on("connect", ask);
      socket.on("data", (chunk) => {
        answer += chunk.toString("latin1");
        const head = answer.indexOf("\r\n\r\n");
        const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
        if (head < 0 || answer.length < head + 4 + length) return;
        const status = answer.slice(9, 12);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        times.push(performance.now() - sent);
        answer = "";
        ask();
      });
    });
  }
}
