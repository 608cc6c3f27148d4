import { request } from "../../api.ts";
import { megabytes, share } from "../../ui/format.ts";

/** Reads an answer to its end and says how far it is: a share where the length is known, else the size. */
async function download(response: Response, progress: (amount: string) => void): Promise<Blob> {
  const whole = Number(response.headers.get("content-length"));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) break;
    parts.push(piece.value);
    read += piece.value.byteLength;
    progress(whole > 0 ? share(read / whole) : megabytes(read));
  }
  return new Blob(parts, { type: response.headers.get("content-type") ?? "" });
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const nameIn = (response: Response): string =>
  /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "llamadas.xlsx";

/** Fetches a file and hands it to the browser under the name that the server gave it. @throws what `request` throws */
export async function saved(
  path: string,
  signal: AbortSignal,
  progress: (amount: string) => void,
): Promise<void> {
  const response = await request("GET", path, undefined, { signal });
  save(await download(response, progress), nameIn(response));
}
