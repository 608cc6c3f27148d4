import type { Audio } from "./recordings.ts";

/** The headers with which audio goes out; `download` gives it a name to be saved under. */
export function audioHeaders(
  { bytes, sha256, file, mediaType, span }: Audio,
  download: boolean,
): Record<string, string> {
  const name = encodeURIComponent(file.split("/").at(-1) ?? "");
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
