import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Role } from "#contract";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { AddressOf, Env } from "../http/context.ts";
import type { Auth } from "./auth.ts";

/** The cookie that carries a browser's session token. `__Host-` where TLS makes it possible. */
export function sessionCookie(config: Config) {
  const secure = Boolean(config.TLS_CERT) || (config.PUBLIC_URL?.startsWith("https:") ?? false);
  const name = secure ? "__Host-callmanager" : "callmanager";
  const options = { path: "/", httpOnly: true, sameSite: "Lax", secure } as const;
  return {
    read: (c: Context) => getCookie(c, name),
    write: (c: Context, token: string) => setCookie(c, name, token, { ...options, maxAge: 30 * 86_400 }),
    clear: (c: Context) => deleteCookie(c, name, options),
  };
}
export type SessionCookie = ReturnType<typeof sessionCookie>;

/** The token that a program sends by itself; a page cannot make a browser send one to another address. */
const bearerOf = (c: Context): string | undefined =>
  /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** A browser's write must come from our own page. @throws wrong_origin */
export const ownOrigin =
  (config: Config): MiddlewareHandler<Env> =>
  async (c, next) => {
    const origin = c.req.header("origin");
    const own = config.PUBLIC_URL ? new URL(config.PUBLIC_URL).origin : new URL(c.req.url).origin;
    if (!SAFE.has(c.req.method) && !bearerOf(c) && origin !== undefined && origin !== own)
      throw new AppError("wrong_origin");
    await next();
  };

/** Puts the actor into the context. @throws not_signed_in, wrong_origin */
export const signedIn =
  (auth: Auth, cookie: SessionCookie, addressOf: AddressOf): MiddlewareHandler<Env> =>
  async (c, next) => {
    const bearer = bearerOf(c);
    const token = bearer ?? cookie.read(c);
    const actor = token ? await auth.actor(token) : null;
    if (!actor) throw new AppError("not_signed_in");
    // a cookie rides along with any page's request, so a write must name the page it comes from
    if (!bearer && !SAFE.has(c.req.method) && c.req.header("origin") === undefined)
      throw new AppError("wrong_origin");
    c.set("actor", { ...actor, address: addressOf(c) });
    await next();
  };

/** Lets only these roles pass. @throws forbidden */
export const allow =
  (...roles: Role[]): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (!roles.includes(c.var.actor.role)) throw new AppError("forbidden");
    await next();
  };

/** Lets only a paired PC pass. @throws forbidden */
export const deviceOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (c.var.actor.kind !== "device") throw new AppError("forbidden");
  await next();
};
