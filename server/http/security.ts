import { secureHeaders } from "hono/secure-headers";

/** Where the tray of the same PC listens, so that the admin's page can pair it with one click. */
const TRAY = "http://127.0.0.1:5055";

/** Nothing from other hosts, nothing inline, no framing. */
export const security = () =>
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
