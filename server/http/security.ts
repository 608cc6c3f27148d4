import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Env } from "./context.ts";
import type { Visitors } from "./visitor.ts";

/** Where the tray of the same PC listens, so that the admin's page can pair it with one click. */
const TRAY = "http://127.0.0.1:5055";

/** Half a year; other names below this one are not ours to decide about. */
const HSTS = "max-age=15552000";

/** Over TLS a browser is told to come back that way only. Set first, because that costs least. */
export const transportSecurity =
  ({ secure }: Visitors): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (secure(c)) c.header("strict-transport-security", HSTS);
    await next();
  };

/** For the pages: nothing from other hosts, nothing inline, no framing, none of the device's senses. */
export const pageSecurity = () =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      objectSrc: ["'none'"],
      imgSrc: ["'self'", "data:"],
      mediaSrc: ["'self'", "blob:"],
      connectSrc: ["'self'", TRAY],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    },
    permissionsPolicy: {
      microphone: false,
      camera: false,
      geolocation: false,
      displayCapture: false,
      payment: false,
      usb: false,
      serial: false,
    },
    referrerPolicy: "no-referrer",
    strictTransportSecurity: false,
    xFrameOptions: "DENY",
  });

/** For data: never guessed to be a page, never shown as one, kept by no cache, taken by no other site. */
export const dataSecurity: MiddlewareHandler = async (c, next) => {
  c.header("x-content-type-options", "nosniff");
  c.header("cache-control", "no-store");
  c.header("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  c.header("cross-origin-resource-policy", "same-origin");
  c.header("referrer-policy", "no-referrer");
  await next();
};
