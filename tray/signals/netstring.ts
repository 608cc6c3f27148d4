/** More than any message of a softphone. */
const MOST_BYTES = 1 << 20;

/** A text as baresip's ctrl_tcp frames it: `<bytes>:<text>,`. */
export const netstring = (text: string): string => `${Buffer.byteLength(text)}:${text},`;

/**
 * Takes chunks as they arrive and hands on each whole text.
 * @returns what takes a chunk; false from it when the bytes are no netstrings, and nothing can be read any more
 */
export function netstrings(take: (text: string) => void): (chunk: Buffer) => boolean {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const colon = rest.indexOf(0x3a);
      if (colon === -1) return rest.length < 10;
      const head = rest.subarray(0, colon).toString("latin1");
      if (!/^\d{1,7}$/.test(head) || Number(head) > MOST_BYTES) return false;
      const end = colon + 1 + Number(head);
      if (rest.length <= end) return true;
      if (rest[end] !== 0x2c) return false;
      take(rest.subarray(colon + 1, end).toString("utf8"));
      rest = rest.subarray(end + 1);
    }
  };
}
