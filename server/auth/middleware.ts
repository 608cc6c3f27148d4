import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Role } from "#contract";
import type { Keys } from "../access/keys.ts";
import { opens } from "../access/scopes.ts";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Actor, Env } from "../http/context.ts";
import type { Visitors } from "../http/visitor.ts";
import type { Auth } from "./auth.ts";

/** The cookie that carries a browser's session token. `__Host-` where TLS makes it possible. */
export function sessionCookie({ secure }: Visitors) {
  const named = (c: Context) => {
    const tls = secure(c);
    const options = { path: "/", httpOnly: true, sameSite: "Lax", secure: tls } as const;
    return [tls ? "__Host-callmanager" : "callmanager", options] as const;
  };
  return {
    read: (c: Context) => getCookie(c, named(c)[0]),
    write(c: Context, token: string): void {
      const [name, options] = named(c);
      setCookie(c, name, token, { ...options, maxAge: 30 * 86_400 });
    },
    clear: (c: Context) => deleteCookie(c, ...named(c)),
  };
}
export type SessionCookie = ReturnType<typeof sessionCookie>;

/** The token that a program sends by itself; a page cannot make a browser send one to another address. */
export const bearerOf = (c: Context): string | undefined =>
  /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** A browser's write must come from our own page. @throws wrong_origin */
export const ownOrigin =
  (config: Config, { secure }: Visitors): MiddlewareHandler<Env> =>
  (c, next) => {
    const origin = c.req.header("origin");
    if (origin !== undefined && !SAFE.has(c.req.method) && !bearerOf(c)) {
      const here = new URL(config.PUBLIC_URL ?? c.req.url);
      // behind a proxy that speaks TLS the request itself says http
      const own = config.PUBLIC_URL === undefined && secure(c) ? `https://${here.host}` : here.origin;
      if (origin !== own) throw new AppError("wrong_origin");
    }
    return next();
  };

/** Puts the actor into the context; a key passes only where one of its scopes opens. @throws not_signed_in, wrong_origin, forbidden */
export const signedIn =
  (auth: Auth, keys: Keys, cookie: SessionCookie, { addressOf }: Visitors): MiddlewareHandler<Env> =>
  async (c, next) => {
    const bearer = bearerOf(c);
    const token = bearer ?? cookie.read(c);
    const address = addressOf(c);
    const byKey = bearer !== undefined && keys.is(bearer);
    const actor = token ? await (byKey ? keys.actor(token) : auth.actor(token, address)) : null;
    if (!actor) throw new AppError("not_signed_in");
    // a cookie rides along with any page's request, so a write must name the page it comes from
    if (!bearer && !SAFE.has(c.req.method) && c.req.header("origin") === undefined)
      throw new AppError("wrong_origin");
    if (actor.kind === "key" && !opens(actor.scopes ?? [], c.req.method, c.req.path))
      throw new AppError("forbidden");
    c.set("actor", { ...actor, address });
    await next();
  };

/** Lets only these roles pass. @throws forbidden */
export const allow =
  (...roles: Role[]): MiddlewareHandler<Env> =>
  (c, next) => {
    if (!roles.includes(c.get("actor").role)) throw new AppError("forbidden");
    return next();
  };

/** Lets only actors of these kinds pass. @throws forbidden */
const kinds =
  (...allowed: Actor["kind"][]): MiddlewareHandler<Env> =>
  (c, next) => {
    if (!allowed.includes(c.get("actor").kind)) throw new AppError("forbidden");
    return next();
  };

/** Lets only a paired PC pass. @throws forbidden */
export const deviceOnly = kinds("device");
/** Lets a paired PC pass, and another program's key. @throws forbidden */
export const deviceOrKey = kinds("device", "key");
/** Lets only a person pass who has signed in. @throws forbidden */
export const browserOnly = kinds("browser");
