/** What is used of sherpa-onnx-node 1.13.8, which has no types of its own. Samples are -1 to 1. */
declare module "sherpa-onnx-node" {
  type Waveform = { samples: Float32Array; sampleRate: number };
  type Result = { text: string };
  type Stream = { acceptWaveform(of: Waveform): void; inputFinished(): void };

  class OnlineRecognizer {
    constructor(config: object);
    createStream(): Stream;
    isReady(stream: Stream): boolean;
    decode(stream: Stream): void;
    isEndpoint(stream: Stream): boolean;
    getResult(stream: Stream): Result;
  }
  class OfflineRecognizer {
    constructor(config: object);
    createStream(): Pick<Stream, "acceptWaveform">;
    decode(stream: Pick<Stream, "acceptWaveform">): void;
    getResult(stream: Pick<Stream, "acceptWaveform">): Result;
  }
  class LinearResampler {
    constructor(from: number, to: number);
    resample(samples: Float32Array): Float32Array;
    reset(): void;
  }
  /** CommonJS: only the default import works in an ES module. */
  const sherpa: {
    OnlineRecognizer: typeof OnlineRecognizer;
    OfflineRecognizer: typeof OfflineRecognizer;
    LinearResampler: typeof LinearResampler;
  };
  export default sherpa;
}
