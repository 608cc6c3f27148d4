import type { Audio } from "./recordings.ts";

/** The value of `filename*` after its charset (RFC 8187), in which O'Brien's apostrophe would end the language. */
const extValue = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The headers with which audio goes out; `download` gives it a name to be saved under. */
export function audioHeaders(
  { bytes, sha256, file, mediaType, span }: Audio,
  download: boolean,
): Record<string, string> {
  const name = extValue(file.split("/").at(-1) ?? "");
  return {
    "content-type": mediaType,
    "content-length": String(span ? span.to - span.from + 1 : bytes),
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    etag: `"${sha256}"`,
    ...(span && { "content-range": `bytes ${span.from}-${span.to}/${bytes}` }),
    ...(download && { "content-disposition": `attachment; filename*=UTF-8''${name}` }),
  };
}
