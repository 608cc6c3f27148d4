import { BlockList, isIP } from "node:net";

const LOOPBACK = ["127.0.0.0/8", "::1"];

/** An address as it is compared and shown: IPv4 that came over an IPv6 socket is IPv4; null for what is none. */
export function plainAddress(text: string): string | null {
  // nearly all of them
  if (isIP(text) === 4) return text;
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/^((?:\d+\.){3}\d+):\d+$/, "$1");
  const address = bare.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  return isIP(address) === 0 ? null : address.toLowerCase();
}

const family = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

/**
 * The proxies that are believed: addresses, CIDR ranges or `loopback`, with commas between them.
 * @throws Error for anything else
 */
export function proxyList(text: string): BlockList {
  const list = new BlockList();
  const parts = text.split(",").flatMap((part) => (part.trim() === "loopback" ? LOOPBACK : [part.trim()]));
  for (const part of parts) {
    const [address = "", bits, ...more] = part.split("/");
    if (isIP(address) === 0 || more.length > 0) throw new Error(`«${part}» is no address`);
    if (bits === undefined) list.addAddress(address, family(address));
    else if (/^\d+$/.test(bits)) list.addSubnet(address, Number(bits), family(address));
    else throw new Error(`«${part}» is no range`);
  }
  return list;
}

/**
 * Where a request comes from, told by the proxies that are believed: the last of `X-Forwarded-For` that is not one
 * of them, because whatever stands before it a client can write itself.
 */
export function forwardedFor(peer: string, header: string, proxies: BlockList): string {
  let address = peer;
  for (const hop of header.split(",").toReversed()) {
    if (!proxies.check(address, family(address))) break;
    const next = plainAddress(hop);
    if (next === null) break;
    address = next;
  }
  return address;
}
