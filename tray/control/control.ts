import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import type { Language } from "#contract";
import { Hono } from "hono";
import { type Log, reason } from "../log.ts";
import { type CallSignal, type CallSignals, ServerError, type SignalAnswer } from "../ports.ts";
import { guard } from "./guard.ts";
import { localPage } from "./page.ts";
import { Refusal, respond } from "./refusal.ts";
import { controlRoutes, type Desk } from "./routes.ts";
import { Tickets } from "./tickets.ts";
import { controlToken } from "./token.ts";

type Options = {
  /** 0 takes any free one. */
  port: number;
  data: string;
  serverUrl: string;
  language: Language;
  desk: Omit<Desk, "signal">;
  log: Log;
};

/** The local control API: the softphone, the CRM or a script says that a call begins or ends. */
export function createControl(options: Options): CallSignals & { port(): number; pageUrl(): string } {
  return new ControlApi(options);
}

class ControlApi implements CallSignals {
  readonly #options: Options;
  readonly #tickets = new Tickets();
  #http: ServerType | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** @throws Error when the port is taken */
  async start(listener: (signal: CallSignal) => SignalAnswer): Promise<void> {
    const { fetch } = this.#app({ ...this.#options.desk, signal: listener });
    const http = createAdaptorServer({ fetch });
    const { port } = this.#options;
    http.listen(port, "127.0.0.1");
    await once(http, "listening").catch((cause: unknown) => {
      throw new Error(`The control API cannot listen on port ${port}. Set CONTROL_PORT to a free one.`, {
        cause,
      });
    });
    this.#http = http;
  }

  port(): number {
    return (this.#http?.address() as AddressInfo | null)?.port ?? this.#options.port;
  }

  /** The tray's own page, with a ticket that is good for ten minutes. */
  pageUrl(): string {
    return `http://127.0.0.1:${this.port()}/local#${this.#tickets.issue()}`;
  }

  async stop(): Promise<void> {
    const http = this.#http;
    if (!http) return;
    await new Promise((resolve) => {
      http.close(resolve);
      if ("closeAllConnections" in http) http.closeAllConnections();
    });
    this.#http = null;
  }

  #app(desk: Desk): Hono {
    const { data, serverUrl, language, log } = this.#options;
    const token = controlToken(data);
    const paired = () => desk.pairing().paired;
    const app = new Hono();
    app.onError((error, c) => {
      const expected = error instanceof Refusal || error instanceof ServerError;
      if (!expected) log(`a request to the control API failed: ${reason(error)}`);
      return respond(c, error, language);
    });
    app.notFound((c) => respond(c, new Refusal("not_found"), language));
    app.use(guard({ token, tickets: this.#tickets, serverUrl, port: () => this.port(), paired }));
    app.get("/local", (c) => localPage(c, language));
    return app.route("/", controlRoutes(desk));
  }
}
