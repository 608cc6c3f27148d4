import { readFileSync, watchFile } from "node:fs";
import { createServer as createTlsServer, Server as TlsServer } from "node:https";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { serve, type HttpBindings, type ServerType } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { serveStatic } from "@hono/node-server/serve-static";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import pkg from "../package.json" with { type: "json" };
import { boot, type Booted } from "./boot.ts";
import type { Config } from "./config.ts";
import { giveBack } from "./http/memory.ts";
import { outgoingPipe } from "./http/pipe.ts";

const root = fileURLToPath(new URL("../web/dist", import.meta.url));

/** Takes no more requests, ends what is open, then the process. */
function stopOnSignal(server: ServerType, booted: Booted): void {
  const stop = (): void => {
    server.close(() => void booted.stop().then(() => process.exit(0)));
    booted.hangUp();
    if ("closeAllConnections" in server) setTimeout(() => server.closeAllConnections(), 500).unref();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

const certificateOf = ({ TLS_CERT, TLS_KEY }: Config) =>
  TLS_CERT && TLS_KEY ? { cert: readFileSync(TLS_CERT), key: readFileSync(TLS_KEY) } : undefined;

/** A certificate that was renewed is used within a minute; what is open stays open. */
function followCertificate(server: TlsServer, { config, log }: Booted): void {
  const renew = (): void => {
    try {
      server.setSecureContext(certificateOf(config) ?? {});
      log.info("certificate read");
    } catch (cause) {
      // half of a pair, or half of a file: the other half is a change, too
      log.error("certificate not read", {}, cause);
    }
  };
  for (const file of [config.TLS_CERT, config.TLS_KEY])
    if (file) watchFile(file, { interval: 20_000, persistent: false }, renew);
}

async function main(): Promise<void> {
  const booted = await boot(process.env, {
    version: pkg.version,
    runtime: `node ${process.versions.node}`,
    files: serveStatic({ root, precompressed: true }),
    openPipe: (c, head, closed) =>
      outgoingPipe((c.env as HttpBindings).outgoing, head, closed, RESPONSE_ALREADY_SENT),
    addressOf: (c) => getConnInfo(c).remote.address ?? null,
    // half of what a web stream costs; who stops reading must still be able to answer
    openBody: (c) => spent((c.env as HttpBindings).incoming.iterator({ destroyOnReturn: false })),
    // without them in `Headers`, an answer needs none: its few own go out as they are
    putHeaders: (c, headers) => {
      const { outgoing } = c.env as HttpBindings;
      for (const name in headers) outgoing.setHeader(name, headers[name] ?? "");
    },
  });
  const { config } = booted;
  const certificate = certificateOf(config);
  const tls = certificate && { createServer: createTlsServer, serverOptions: certificate };
  const server = serve({ fetch: booted.fetch, port: config.PORT, hostname: config.HOST, ...tls }, (info) => {
    giveBackLoading();
    const url = `${config.TLS_CERT ? "https" : "http"}://${shown(config.HOST)}:${info.port}`;
    booted.greeting(url).then(
      (lines) => console.log(lines.join("\n")),
      (error: unknown) => fail(error),
    );
  });
  server.on("error", fail);
  if (server instanceof TlsServer) followCertificate(server, booted);
  stopOnSignal(server, booted);
}

/** What reading the program left behind is half of the process. V8 gives it back only when it is asked to. */
function giveBackLoading(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as (how: object) => void;
  collect({ type: "major", flavor: "last-resort" });
  setFlagsFromString("--no-expose-gc");
}

/** Each chunk has memory of its own, which is given back when the next one is asked for. */
async function* spent(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    giveBack(chunk);
  }
}

const shown = (host: string): string => (host === "0.0.0.0" || host === "127.0.0.1" ? "localhost" : host);

function fail(error: unknown): void {
  const { code, message } = error as { code?: string; message: string };
  console.error(
    code === "EADDRINUSE" ? "That port is in use: stop the other program, or set PORT." : message,
  );
  process.exit(1);
}

main().catch(fail);
