import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Env } from "./context.ts";
import type { PutHeaders } from "./headers.ts";
import type { Visitors } from "./visitor.ts";

/** Where the tray of the same PC listens, so that the admin's page can pair it with one click. */
const TRAY = "http://127.0.0.1:5055";

/** Half a year; other names below this one are not ours to decide about. */
const OF_TLS = { "strict-transport-security": "max-age=15552000" };

/** Over TLS a browser is told to come back that way only. */
export const transportSecurity =
  ({ secure }: Visitors, put: PutHeaders): MiddlewareHandler<Env> =>
  (c, next) => {
    if (secure(c)) put(c, OF_TLS);
    return next();
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

const OF_DATA = {
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

/** For data: never guessed to be a page, never shown as one, kept by no cache, taken by no other site. */
export const dataSecurity =
  (put: PutHeaders): MiddlewareHandler =>
  (c, next) => {
    put(c, OF_DATA);
    return next();
  };
