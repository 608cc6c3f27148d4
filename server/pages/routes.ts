import { Hono, type MiddlewareHandler } from "hono";
import type { SessionCookie } from "../auth/middleware.ts";
import type { PairingRoom } from "../auth/pairing.ts";
import { AppError } from "../errors.ts";
import type { Env } from "../http/context.ts";
import type { Visitors } from "../http/visitor.ts";

/** The pages that Vite built. `files` serves them from the folder `web/dist`. */
export const pageRoutes = (
  pairing: Pick<PairingRoom, "openPanel">,
  visitors: Pick<Visitors, "of">,
  cookie: Pick<SessionCookie, "write">,
  files: MiddlewareHandler,
) =>
  new Hono<Env>()
    .get("/", (c) => c.redirect("/mobile", 302))
    .get("/assist", async (c, next) => {
      const ticket = c.req.query("ticket");
      if (ticket === undefined) return next();
      try {
        cookie.write(c, await pairing.openPanel(ticket, visitors.of(c)));
      } catch (error) {
        // a person sees the sign-in page; a program gets the problem
        const person = (c.req.header("accept") ?? "").includes("text/html");
        if (!(error instanceof AppError) || !person) throw error;
        return c.redirect("/login?next=/assist&reason=ticket_invalid", 302);
      }
      return c.redirect("/assist", 302);
    })
    .get("/assets/*", async (c, next) => {
      await next();
      if (c.res.status === 200) c.header("cache-control", "public, max-age=31536000, immutable");
    })
    .use(async (c, next) => {
      await next();
      const page = (c.res.headers.get("content-type") ?? "").startsWith("text/html");
      if (page || c.req.path === "/sw.js") c.header("cache-control", "no-cache");
    })
    .use(files);
