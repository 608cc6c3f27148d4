import { Readable, type Writable } from "node:stream";
import { giveBack } from "../http/memory.ts";

/** Pieces that may wait for the compressor before the next one does. */
const WAITING = 2;

/**
 * A sheet on its way from exceljs into the ZIP of its workbook. It writes straight into the compressor: exceljs' own
 * stream copies everything twice, and leaves what is done with to the collector, by the hundreds of megabytes.
 */
export class SheetStream extends Readable {
  #compressor: Writable | null = null;
  #early: Buffer[] = [];
  #ended = false;
  #waiting = 0;
  #broken: { error: unknown } | null = null;
  #wake: () => void = () => undefined;

  /** @param broken rejects when nothing can be written any more */
  constructor(broken: Promise<never>) {
    super({ read: () => undefined });
    broken.catch((error: unknown) => {
      this.#broken = { error };
      this.#wake();
    });
  }

  /** The ZIP says so when this sheet's turn has come. */
  override pipe<Target extends NodeJS.WritableStream>(compressor: Target): Target {
    this.#compressor = compressor as unknown as Writable;
    for (const bytes of this.#early.splice(0)) this.#send(bytes);
    if (this.#ended) this.#compressor.end();
    this.#wake();
    return compressor;
  }

  /** Writes what exceljs has to say of a sheet, mostly in buffers that it uses again. */
  write(data: string | { toBuffer(): Buffer }): void {
    const bytes = Buffer.from(typeof data === "string" ? data : data.toBuffer());
    if (this.#compressor) this.#send(bytes);
    else this.#early.push(bytes);
  }

  /** Writes a piece, and waits until the next one may come. @throws what broke the workbook's output */
  async put(piece: string): Promise<void> {
    this.write(piece);
    while (!this.#broken && (this.#early.length > 0 || this.#waiting > WAITING))
      await new Promise<void>((resolve) => (this.#wake = resolve));
    if (this.#broken) throw this.#broken.error;
  }

  end(): void {
    this.#ended = true;
    this.#compressor?.end();
  }

  #send(bytes: Buffer): void {
    this.#waiting++;
    this.#compressor?.write(bytes, () => {
      giveBack(bytes);
      this.#waiting--;
      this.#wake();
    });
  }
}
