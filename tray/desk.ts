import { answerTo } from "./answers.ts";
import type { CallSignal, IconState, Levels, MenuItem, RecordingState, SignalAnswer } from "./ports.ts";
import type { Status } from "./control/routes.ts";
import { iconOf, menuOf } from "./look.ts";
import { step } from "./session.ts";
import { initial, type Effect, type Event, type Moment, type OngoingCall, type State } from "./state.ts";
import type { Texts } from "./texts/texts.ts";

type Options = {
  paired: boolean;
  hotkeyWhen: "always" | "call";
  texts: Texts;
  clock: () => Moment;
  newId: () => string;
  /** How loud both sides of a call are now. */
  levels: (callId: string) => Levels | null;
  perform: (effect: Effect) => void;
  draw: (state: IconState, menu: MenuItem[]) => void;
};

/** Holds the session's state: takes what happens, does what follows, and draws what it looks like. */
export class Desk {
  readonly #options: Options;
  #state: State;

  constructor(options: Options) {
    this.#options = options;
    this.#state = initial(options);
  }

  /** What a source of calls says; answered at once, done in the background. */
  signal(signal: CallSignal): SignalAnswer {
    const before = this.#state;
    const event = this.#eventOf(signal);
    this.dispatch(event);
    return answerTo(before, this.#state, event);
  }

  dispatch(event: Event): void {
    const [state, effects] = step(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#options.perform(effect);
    this.#options.draw(iconOf(state), menuOf(state, this.#options.texts));
  }

  /** To be called each minute or so. */
  tick(): void {
    this.dispatch({ kind: "tick", id: this.#options.newId(), moment: this.#options.clock() });
  }

  quit(): void {
    this.dispatch({ kind: "quit", moment: this.#options.clock() });
  }

  status(): Status {
    const { call, outbox, paired } = this.#state;
    const ongoing = call && {
      id: call.id,
      startedAt: call.startedAt,
      externalId: call.begun.externalId ?? null,
      held: call.heldSinceMs !== null,
      recording: recordingState(call),
      capture: call.health && { agent: call.health.agent, customer: call.health.customer },
      levels: this.#options.levels(call.id),
      ears: call.ears,
    };
    return {
      state: iconOf(this.#state),
      call: ongoing,
      paired,
      online: outbox.online,
      waiting: outbox.waiting,
    };
  }

  #eventOf(signal: CallSignal): Event {
    const moment = this.#options.clock();
    switch (signal.kind) {
      case "start":
        return { ...signal, kind: "call-start", id: this.#options.newId(), moment };
      case "unanswered":
        return { ...signal, kind: "call-unanswered", id: this.#options.newId(), moment };
      case "end":
        return { ...signal, kind: "call-end", moment };
      case "hold":
        return { kind: "hold", moment, held: signal.held };
      case "recording":
        return { kind: "pause", paused: signal.paused };
    }
    return signal satisfies never;
  }
}

const recordingState = ({ recording, paused }: OngoingCall): RecordingState =>
  paused && recording === "running" ? "paused" : recording;
