import { fileURLToPath } from "node:url";
import { getConnInfo, serveStatic } from "hono/deno";
import pkg from "../package.json" with { type: "json" };
import { boot } from "./boot.ts";
import { webBody } from "./http/body.ts";
import { webHeaders } from "./http/headers.ts";
import { webPipe } from "./http/pipe.ts";

/** The part of Deno that this file uses; the project's types are Node's. */
type DenoServer = { addr: { port: number }; shutdown(): Promise<void> };
declare const Deno: {
  version: { deno: string };
  env: { toObject(): Record<string, string> };
  readTextFileSync(path: string): string;
  addSignalListener(signal: "SIGINT" | "SIGTERM", listener: () => void): void;
  exit(code: number): never;
  serve(
    options: {
      port: number;
      hostname: string;
      cert?: string;
      key?: string;
      onListen(addr: { port: number }): void;
    },
    fetch: (request: Request, info: object) => Response | Promise<Response>,
  ): DenoServer;
};

const root = fileURLToPath(new URL("../web/dist", import.meta.url));

try {
  const booted = await boot(Deno.env.toObject(), {
    version: pkg.version,
    runtime: `deno ${Deno.version.deno}`,
    files: serveStatic({ root, precompressed: true }),
    openPipe: webPipe,
    addressOf: (c) => getConnInfo(c).remote.address ?? null,
    openBody: webBody,
    putHeaders: webHeaders,
  });
  const { config } = booted;
  const tls =
    config.TLS_CERT && config.TLS_KEY
      ? { cert: Deno.readTextFileSync(config.TLS_CERT), key: Deno.readTextFileSync(config.TLS_KEY) }
      : {};
  const onListen = ({ port }: { port: number }): void => {
    const host = config.HOST === "0.0.0.0" || config.HOST === "127.0.0.1" ? "localhost" : config.HOST;
    booted.greeting(`${config.TLS_CERT ? "https" : "http"}://${host}:${port}`).then(
      (lines) => console.log(lines.join("\n")),
      (error: unknown) => console.error(error),
    );
  };
  const server = Deno.serve({ port: config.PORT, hostname: config.HOST, onListen, ...tls }, (request, info) =>
    booted.fetch(request, info),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    Deno.addSignalListener(signal, () => {
      const end = (): void => void booted.stop().then(() => Deno.exit(0));
      setTimeout(end, 1000);
      server.shutdown().then(end, end);
      booted.hangUp();
    });
} catch (error) {
  console.error((error as Error).message);
  Deno.exit(1);
}
