/** One event of a stream: its name and its data, as they came. */
export type ServerEvent = { event: string; data: string };

/**
 * Reads server-sent events from the body of any answer; `EventSource` itself can only GET.
 * Follows the HTML standard for `event`, `data`, comments and the three line ends; ids are not used.
 */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = "";
  let event = "message";
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      // a CR at the end of a piece may be the first half of a CRLF
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { event, data: data.join("\n") };
          event = "message";
          data = [];
        } else if (line.startsWith("event:")) event = valueOf(line);
        else if (line.startsWith("data:")) data.push(valueOf(line));
      }
    }
  } finally {
    await reader.cancel();
  }
}

const valueOf = (line: string): string => line.slice(line.indexOf(":") + 1).replace(/^ /, "");
