import type { Language, Side, TranscriptInput } from "#contract";
import { type Log, reason } from "../log.ts";
import type {
  Ears,
  EarsState,
  Heard,
  RunningRecording,
  Scrubbed,
  Server,
  SpeechModel,
  SttEngine,
  SttEvent,
  SttSession,
} from "../ports.ts";
import { SAMPLE_RATE } from "../recorder/segment.ts";
import { type Said, withoutCards } from "./cards.ts";
import { Lines } from "./lines.ts";

/** How long the end of a call waits for its last words, in milliseconds: its recording is closed after them. */
const LAST_WORDS_MS = 3_000;
/** Around a card's number its sound goes too, in milliseconds. */
const MARGIN_MS = 400;
/** The contract's limits. */
const [MOST_TEXT, MOST_MODEL] = [2_000, 120];

export type EarsOptions = {
  engine: SttEngine;
  server: Pick<Server, "listening">;
  /** The model for a language; null when none is installed. */
  model: (language: Language) => SpeechModel | null;
  /** What becomes of the ears of a call. */
  onState: (callId: string, state: EarsState) => void;
  /** The customer was heard in this call, for the first time. */
  onCustomer: (callId: string) => void;
  /** The customer's words, for the panel; null when another call begins. */
  onHeard: (heard: Heard | null) => void;
  onLines: (callId: string, body: TranscriptInput) => void;
  /** The sound of a card's number was taken out of the file. */
  onScrubbed: (callId: string, where: Scrubbed) => void;
  log: Log;
};

/** Ears that ask the server first, and listen with `engine`. */
export function createEars(options: EarsOptions): Ears {
  const listening = new Map<string, CallEars>();
  /** Calls that ended while the server was still being asked. */
  const asked = new Set<string>();
  return {
    async start(callId, recording) {
      asked.add(callId);
      options.onState(callId, "starting");
      const language = await allowedLanguage(options);
      if (!asked.delete(callId)) return;
      if (language === null) return options.onState(callId, "off");
      const model = options.model(language);
      if (!model) return options.onState(callId, "unavailable");
      options.onHeard(null);
      listening.set(callId, new CallEars({ ...options, callId, recording, language, speech: model }));
    },
    async finish(callId) {
      asked.delete(callId);
      const ears = listening.get(callId);
      listening.delete(callId);
      await ears?.finish();
    },
    async stop() {
      asked.clear();
      await Promise.all([...listening.values()].map((ears) => ears.finish()));
      listening.clear();
    },
  };
}

/** Where the server does not answer nobody has allowed it. */
async function allowedLanguage({ server, log }: EarsOptions): Promise<Language | null> {
  try {
    const { allowed, language } = await server.listening();
    return allowed ? language : null;
  } catch (error) {
    log(`nothing is written down in this call: ${reason(error)}`);
    return null;
  }
}

type Call = EarsOptions & {
  callId: string;
  recording: RunningRecording;
  language: Language;
  speech: SpeechModel;
};

/** The ears of one call. */
class CallEars {
  readonly #call: Call;
  readonly #session: SttSession;
  readonly #lines: Lines;
  #scrubbing: Promise<void> = Promise.resolve();
  #heardCustomer = false;
  #skippedMs = 0;

  constructor(call: Call) {
    this.#call = call;
    this.#lines = new Lines({
      language: call.language,
      send: (lines) => call.onLines(call.callId, this.#body(lines)),
      scrub: (said) => this.#scrub(said),
    });
    this.#session = call.engine.open({
      model: call.speech,
      sampleRate: SAMPLE_RATE,
      onEvent: (event) => this.#take(event),
    });
    call.recording.listen((side, samples, atMs) => this.#session.push(side, samples, atMs));
  }

  async finish(): Promise<void> {
    await this.#session.flush(LAST_WORDS_MS);
    await this.#session.close();
    this.#lines.end();
    await this.#scrubbing;
    if (this.#skippedMs > 0)
      this.#call.log(
        `${Math.round(this.#skippedMs / 1000)} s of a call were not listened to: this PC is too slow`,
      );
  }

  #body(lines: TranscriptInput["lines"]): TranscriptInput {
    const { engine, speech } = this.#call;
    return { engine: engine.id, model: speech.id.slice(0, MOST_MODEL), lines };
  }

  #take(event: SttEvent): void {
    const { callId, language, log, onState } = this.#call;
    switch (event.kind) {
      case "ready":
        return onState(callId, "listening");
      case "partial":
        return this.#show({ ...event, text: withoutCards(event.text, language) }, false, false);
      case "final": {
        const { side, fromMs, toMs } = event;
        const text = event.text.slice(0, MOST_TEXT);
        return this.#show(this.#lines.add({ side, text, fromMs, toMs }), true, event.ended);
      }
      case "skipped":
        this.#skippedMs += event.toMs - event.fromMs;
        return;
      case "error":
        log(`the recogniser ${event.reason}${event.fatal ? ", and is given up for this call" : ""}`);
        return onState(callId, event.fatal ? "unavailable" : "starting");
      case "speech-start":
      case "stats":
        return;
    }
    return event satisfies never;
  }

  #show(
    { side, text, fromMs }: { side: Side; text: string; fromMs: number },
    final: boolean,
    ended: boolean,
  ) {
    if (side !== "customer") return;
    const { callId, onCustomer, onHeard } = this.#call;
    if (!this.#heardCustomer) onCustomer(callId);
    this.#heardCustomer = true;
    onHeard({ side, text, final, ended, t: fromMs });
  }

  #scrub({ fromMs, toMs }: Said): void {
    const { callId, log, onScrubbed, recording } = this.#call;
    const scrub = async () => {
      try {
        onScrubbed(callId, await recording.scrub(Math.max(0, fromMs - MARGIN_MS), toMs + MARGIN_MS));
      } catch (error) {
        log(`the sound of a card's number could not be taken out: ${reason(error)}`);
      }
    };
    this.#scrubbing = this.#scrubbing.then(scrub);
  }
}
