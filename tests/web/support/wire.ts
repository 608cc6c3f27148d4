import type { Problem } from "#contract";

/** A problem as the server words it. */
export const problem = (
  status: number,
  code: string,
  detail: string,
  hint: string,
  errors?: Problem["errors"],
): Problem => ({
  type: "about:blank",
  title: detail,
  status,
  detail,
  code,
  hint,
  ...(errors && { errors }),
});

type SseEvent = { event: string; data: unknown };

/** One event as it stands on the wire. */
export const bytesOf = ({ event, data }: SseEvent): Uint8Array =>
  new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

/** An answer that streams events; it stays open until `end`. */
export const sse = (start: (send: (event: SseEvent) => void, end: () => void) => void): Response =>
  new Response(
    new ReadableStream<Uint8Array>({
      start: (stream) =>
        start(
          (event) => stream.enqueue(bytesOf(event)),
          () => stream.close(),
        ),
    }),
    { headers: { "content-type": "text/event-stream", "cache-control": "no-cache" } },
  );
