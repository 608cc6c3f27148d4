import { networkInterfaces } from "node:os";
import type { Config } from "./config.ts";

const LOOPBACK = /^(127\.|localhost$|::1$)/;

/** Addresses at which the network finds this machine; IPv6 is left out, because nobody types it. */
const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address);

/**
 * What the console says of who can reach the server: other devices' address of it, and what is missing so that
 * nobody on the way reads along. @param url where it listens
 */
export function reachLines(config: Config, url: string, addresses = ownAddresses()): string[] {
  const { HOST, PUBLIC_URL, TRUST_PROXY } = config;
  const { protocol, port } = new URL(url);
  const proxied = TRUST_PROXY !== undefined || (PUBLIC_URL?.startsWith("https:") ?? false);
  if (LOOPBACK.test(HOST))
    return proxied
      ? []
      : ["Only this machine can open it. For phones and PCs of the network see README, «On a phone»."];
  const hosts = HOST === "0.0.0.0" || HOST === "::" ? addresses : [HOST];
  const place = port === "" ? "" : `:${port}`;
  return [
    ...(PUBLIC_URL === undefined
      ? hosts.map((host) => `From a phone on this network: ${protocol}//${host}${place}/mobile`)
      : []),
    ...(protocol === "https:" || proxied
      ? []
      : [
          "Anyone on this network can read what goes over it, passwords and calls: set TLS_CERT and TLS_KEY, or put",
          "a proxy with TLS in front (README, «On a phone»).",
        ]),
  ];
}
