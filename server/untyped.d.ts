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
