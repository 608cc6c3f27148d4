import { closeSync, openSync, readSync } from "node:fs";

/** A part of the screen, in pixels. */
export type Rect = { x: number; y: number; width: number; height: number };

/**
 * A screen's pixels, read from the file in which Xvfb keeps them (`-fbdir`): looking costs the X server nothing,
 * so it can be done every millisecond. The file is an XWD: https://www.x.org/archive/X11R7.5/doc/man/man1/xwd.1.html
 */
export class Screen {
  readonly #file: number;
  readonly #start: number;
  readonly #bytesPerLine: number;

  constructor(path: string) {
    this.#file = openSync(path, "r");
    const head = Buffer.alloc(80);
    readSync(this.#file, head, 0, head.length, 0);
    const [headerBytes, bitsPerPixel, colours] = [0, 44, 76].map((at) => head.readUInt32BE(at));
    if (bitsPerPixel !== 32) throw new Error(`the screen has ${bitsPerPixel} bits per pixel, not 32`);
    this.#start = (headerBytes ?? 0) + (colours ?? 0) * 12;
    this.#bytesPerLine = head.readUInt32BE(48);
  }

  /** The pixels of every `step`th line of `rect`, one line after the other. */
  lines({ x, y, width, height }: Rect, step: number): Uint32Array {
    const pixels = new Uint32Array(width * Math.ceil(height / step));
    for (let line = 0; line * step < height; line++) {
      const from = this.#start + (y + line * step) * this.#bytesPerLine + x * 4;
      readSync(this.#file, pixels, line * width * 4, width * 4, from);
    }
    return pixels;
  }

  close(): void {
    closeSync(this.#file);
  }
}
