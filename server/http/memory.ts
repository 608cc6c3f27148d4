/**
 * Gives the memory of bytes back at once, which nobody may use any more. Left to the collector, what arrives makes it
 * mark the whole heap every 64 MB. Bytes that share their memory with others keep it.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
