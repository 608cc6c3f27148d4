import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** Where the tray of the same PC listens, so that the admin's page can pair it with one click. */
const TRAY = "http://127.0.0.1:5055";

/** For the pages: nothing from other hosts, nothing inline, no framing. */
export const pageSecurity = () =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      mediaSrc: ["'self'", "blob:"],
      connectSrc: ["'self'", TRAY],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
    referrerPolicy: "no-referrer",
    strictTransportSecurity: false,
    xFrameOptions: "DENY",
  });

/** For data: it is never guessed to be a page, and never kept by a cache. Set first, because that costs least. */
export const dataSecurity: MiddlewareHandler = async (c, next) => {
  c.header("x-content-type-options", "nosniff");
  c.header("cache-control", "no-store");
  await next();
};
