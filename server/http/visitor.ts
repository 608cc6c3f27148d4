import type { Context } from "hono";
import type { Config } from "../config.ts";
import { browserName } from "./browser-name.ts";
import type { AddressOf } from "./context.ts";
import { forwardedFor, plainAddress, proxyList } from "./proxies.ts";

/** Who knocks, as far as it can be told without a name. */
export type Visitor = {
  address: string | null;
  /** `Firefox · Windows`; null for a program. */
  browser: string | null;
};

/** Where requests come from, and whether their way was encrypted; a proxy is believed only where the config says so. */
export type Visitors = {
  addressOf: AddressOf;
  secure(c: Context): boolean;
  of(c: Context): Visitor;
};

export function visitors(config: Config, peerOf: AddressOf): Visitors {
  const proxies = config.TRUST_PROXY === undefined ? null : proxyList(config.TRUST_PROXY);
  const always = Boolean(config.TLS_CERT) || (config.PUBLIC_URL?.startsWith("https:") ?? false);
  const peer = (c: Context): string | null => plainAddress(peerOf(c) ?? "");
  const addressOf = (c: Context): string | null => {
    const address = peer(c);
    const told = proxies && c.req.header("x-forwarded-for");
    return proxies && address && told ? forwardedFor(address, told, proxies) : address;
  };
  return {
    addressOf,
    secure: (c) => {
      if (always || !proxies || c.req.header("x-forwarded-proto") !== "https") return always;
      const address = peer(c);
      return address !== null && proxies.check(address, address.includes(":") ? "ipv6" : "ipv4");
    },
    of: (c) => ({ address: addressOf(c), browser: browserName(c.req.header("user-agent") ?? "") }),
  };
}
