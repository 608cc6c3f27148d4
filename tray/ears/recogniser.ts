// Only for the child process: a model that does not fit ends the process it is loaded in.
import { join } from "node:path";
import sherpa from "sherpa-onnx-node";
import type { SpeechModel } from "../ports.ts";

/** What recognisers are given, in Hz. */
export const SPEECH_RATE = 16_000;
/** Trailing silence, as the recogniser itself sees it, that ends an utterance where noise keeps the gate open. */
const ENDPOINT_SECONDS = 1.2;

/** One thing that somebody says. */
export interface Utterance {
  /** Listens to samples of 16 kHz, -1 to 1. */
  hear(samples: Float32Array): void;
  /** What it has heard so far; always empty for a recogniser that waits for the end. */
  text(): string;
  /** Whether it has heard the end by itself. */
  over(): boolean;
  /** What was said; nothing may follow. */
  end(): string;
}
export interface Recogniser {
  begin(): Utterance;
}

/** Loads a model. Ends the process (134, 255) for files that are no model; throws for some that are missing. */
export function loadRecogniser(model: SpeechModel): Recogniser {
  const file = (part: string) => join(model.folder, model.files[part] ?? "");
  const rest = { tokens: file("tokens"), numThreads: 1, provider: "cpu" };
  const featConfig = { sampleRate: SPEECH_RATE, featureDim: 80 };
  const transducer = { encoder: file("encoder"), decoder: file("decoder"), joiner: file("joiner") };
  if (model.kind === "nemoTransducer") {
    const modelConfig = { transducer, modelType: "nemo_transducer", ...rest };
    return afterwards(new sherpa.OfflineRecognizer({ featConfig, modelConfig }));
  }
  const own = model.kind === "nemoCtc" ? { nemoCtc: { model: file("model") } } : { transducer };
  const config = {
    featConfig,
    modelConfig: { ...own, ...rest },
    decodingMethod: "greedy_search",
    enableEndpoint: true,
    rule1MinTrailingSilence: 60,
    rule2MinTrailingSilence: ENDPOINT_SECONDS,
    rule3MinUtteranceLength: 60,
  };
  return meanwhile(new sherpa.OnlineRecognizer(config), model.tailMs);
}

/** Writes while somebody speaks. */
function meanwhile(recogniser: InstanceType<typeof sherpa.OnlineRecognizer>, tailMs: number): Recogniser {
  return {
    begin() {
      const stream = recogniser.createStream();
      const decode = () => {
        while (recogniser.isReady(stream)) recogniser.decode(stream);
      };
      const text = () => recogniser.getResult(stream).text.trim();
      return {
        hear(samples) {
          stream.acceptWaveform({ samples, sampleRate: SPEECH_RATE });
          decode();
        },
        text,
        over: () => recogniser.isEndpoint(stream),
        end() {
          const samples = new Float32Array((tailMs * SPEECH_RATE) / 1000);
          stream.acceptWaveform({ samples, sampleRate: SPEECH_RATE });
          stream.inputFinished();
          decode();
          return text();
        },
      };
    },
  };
}

/** Writes what was said when it is over. */
function afterwards(recogniser: InstanceType<typeof sherpa.OfflineRecognizer>): Recogniser {
  return {
    begin() {
      const stream = recogniser.createStream();
      return {
        hear: (samples) => stream.acceptWaveform({ samples, sampleRate: SPEECH_RATE }),
        text: () => "",
        over: () => false,
        end() {
          recogniser.decode(stream);
          return recogniser.getResult(stream).text.trim();
        },
      };
    },
  };
}
