/** A line longer than this is no answer of a model. */
const LINE_CHARACTERS = 1_000_000;

const isJson = (line: string): boolean => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

/**
 * Passes a stream of JSON lines on, and errors at the first line that is none.
 * ollama-js would print such a line, which may be what a customer said, to the console.
 */
export function strictLines(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = "";
  const pass = (line: string, controller: TransformStreamDefaultController<Uint8Array>) => {
    if (line === "") return;
    if (!isJson(line)) throw new Error("a line that is not JSON");
    controller.enqueue(encoder.encode(`${line}\n`));
  };
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > LINE_CHARACTERS) throw new Error("a line without an end");
      for (const line of lines) pass(line, controller);
    },
    flush(controller) {
      pass(rest + decoder.decode(), controller);
    },
  });
}
