declare module "wavefile" {
  /** The parts of wavefile's class that this project uses. */
  export class WaveFile {
    constructor(bytes?: Uint8Array);
    fmt: { audioFormat: number; numChannels: number; sampleRate: number; bitsPerSample: number };
    data: { chunkSize: number };
    fromBuffer(bytes: Uint8Array, samples?: boolean): void;
    fromScratch(channels: number, sampleRate: number, bitDepth: string, samples: Int16Array): void;
    toBuffer(): Uint8Array;
  }
  const wavefile: { WaveFile: typeof WaveFile };
  export default wavefile;
}

declare module "zip-stream" {
  import type { Readable, Transform } from "node:stream";
  /** The parts of zip-stream that this project uses. */
  interface ZipStream extends Transform {
    entry(
      source: Readable | Buffer | string,
      data: { name: string; date?: Date; store?: boolean },
      done: (error?: Error | null) => void,
    ): this;
    finish(): void;
  }
  const ZipStream: new (options: { zlib?: { level: number }; forceZip64?: boolean }) => ZipStream;
  export default ZipStream;
}

/** The parts of WebAssembly that this project uses: its types come with those of browsers only. */
declare namespace WebAssembly {
  const Module: new (bytes: Uint8Array) => object;
  const Instance: new (module: object) => { readonly exports: unknown };
}
