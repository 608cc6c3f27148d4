import type { Context, MiddlewareHandler } from "hono";
import { Refusal } from "./refusal.ts";
import type { Tickets } from "./tickets.ts";
import { authorises } from "./token.ts";

type Options = {
  token: string;
  tickets: Tickets;
  /** The server's page: it alone may ask from a browser, and only about pairing. */
  serverUrl: string;
  /** The port on which the API listens, known once it does. */
  port: () => number;
  paired: () => boolean;
};

const PAIRING = "/pair";
/** The tray's own page, which holds nothing, and what its script may ask with a ticket. */
const PAGE = "/local";
const FOR_THE_PAGE = [PAIRING, "/doctor"];

/** The origins of the server's own page; on this PC `localhost` and `127.0.0.1` are the same server. */
function originsOf(serverUrl: string): string[] {
  const { origin, hostname, protocol, port } = new URL(serverUrl);
  const local = ["localhost", "127.0.0.1"];
  if (!local.includes(hostname)) return [origin];
  return local.map((host) => new URL(`${protocol}//${host}:${port}`).origin);
}

/**
 * Lets through only what comes from this PC and may: the exact Host (a rebound name has another), no foreign
 * page, and the key. The one exception is pairing from the server's own page while this PC is not paired.
 */
export function guard(options: Options): MiddlewareHandler {
  const origins = originsOf(options.serverUrl);
  return async (c, next) => {
    const hosts = [`127.0.0.1:${options.port()}`, `localhost:${options.port()}`];
    if (!hosts.includes(c.req.header("host") ?? "")) throw new Refusal("misdirected");

    const origin = c.req.header("origin");
    const own = origin === undefined || origin === `http://${c.req.header("host")}`;
    const ticket = options.tickets.accepts(c.req.header("authorization"));
    if (own && ticket && FOR_THE_PAGE.includes(c.req.path)) return next();
    if (own && c.req.path === PAGE && c.req.method === "GET") return next();

    const fromServerPage = origin !== undefined && origins.includes(origin) && c.req.path === PAIRING;
    if (origin !== undefined && !fromServerPage) throw new Refusal("wrong_origin");
    if (origin === undefined && !isOwnProgram(c)) throw new Refusal("wrong_origin");
    if (fromServerPage) allow(c, origin);
    if (c.req.method === "OPTIONS") return preflight(c, fromServerPage);

    const hasKey = authorises(c.req.header("authorization"), options.token);
    if (!hasKey && !fromServerPage) throw new Refusal("not_signed_in");
    if (!hasKey && c.req.method === "POST" && options.paired()) throw new Refusal("already_paired");
    return next();
  };
}

/** A browser sends `Sec-Fetch-Site` even where it sends no Origin: an image, a link. */
function isOwnProgram(c: Context): boolean {
  return ["none", undefined].includes(c.req.header("sec-fetch-site"));
}

function allow(c: Context, origin: string): void {
  c.header("access-control-allow-origin", origin);
  c.header("vary", "Origin");
}

function preflight(c: Context, fromServerPage: boolean): Response {
  if (!fromServerPage) throw new Refusal("wrong_origin");
  c.header("access-control-allow-methods", "GET, POST");
  c.header("access-control-allow-headers", "content-type");
  if (c.req.header("access-control-request-private-network"))
    c.header("access-control-allow-private-network", "true");
  return c.body(null, 204);
}
