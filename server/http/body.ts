import type { Context } from "hono";
import { AppError, type ErrorCode } from "../errors.ts";

/** The body of a request, as it arrives: each chunk until the next one. Who stops reading it may still answer. */
export type OpenBody = (c: Context) => AsyncIterable<Uint8Array>;

/** As any runtime has it, over a web stream. */
export const webBody: OpenBody = async function* (c) {
  yield* c.req.raw.body ?? [];
};

/**
 * The whole body, at most `most` bytes.
 * @throws too_large, or the code given, also where no length was announced: a chunked body is counted while it is read
 */
export async function readBytes(
  request: Request,
  most: number,
  tooLarge: ErrorCode = "too_large",
): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? NaN);
  if (announced > most) throw new AppError(tooLarge);
  if (announced >= 0) return new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most) throw new AppError(tooLarge);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
