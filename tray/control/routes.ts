import { Hono } from "hono";
import type { Capture } from "#contract";
import type { Finding } from "../doctor/doctor.ts";
import type { CallSignal, EarsState, IconState, Levels, RecordingState, SignalAnswer } from "../ports.ts";
import { endInput, holdInput, noInput, pairingInput, read, startInput } from "./input.ts";
import { Refusal, type RefusalCode } from "./refusal.ts";

/** What `GET /status` tells: enough for a softphone's light, and nothing about the customer. */
export type Status = {
  state: IconState;
  call: {
    id: string;
    startedAt: string;
    externalId: string | null;
    held: boolean;
    recording: RecordingState;
    /** Whether both sides are recorded; null until that is known. */
    capture: Capture | null;
    /** How loud each side is, in dB below full scale; null while nothing is recorded. */
    levels: Levels | null;
    /** Whether what is said is written down. */
    ears: EarsState;
  } | null;
  paired: boolean;
  online: boolean;
  waiting: number;
};

/** Whether this PC is paired, and its name; said to the server's own page. */
export type PairingStatus = { paired: boolean; device: string };

/** What the routes may ask of the tray. */
export type Desk = {
  signal(signal: CallSignal): SignalAnswer;
  summon(): void;
  status(): Status;
  pairing(): PairingStatus;
  /** @throws ServerError when the server refuses the code or does not answer */
  pair(code: string): Promise<void>;
  /** Looks at this PC; takes some seconds. `name` is the check's, in the person's language. */
  examine(): Promise<(Finding & { name: string })[]>;
};

/** The routes of the local control API; who may call them is the guard's business. */
export function controlRoutes(desk: Desk): Hono {
  const signal = (one: CallSignal, otherwise: RefusalCode) => answered(desk.signal(one), otherwise);
  const recording = (paused: boolean) => {
    const refusal = desk.status().call ? "not_recording" : "no_call";
    return { callId: signal({ kind: "recording", paused }, refusal).callId };
  };
  return new Hono()
    .get("/status", (c) => c.json(desk.status(), 200))
    .post("/call/start", async (c) => {
      const call = withoutUndefined(await read(c, startInput));
      const { taken, callId } = signal({ kind: "start", by: "control", call }, "call_in_progress");
      return c.json({ callId }, taken === "now" ? 201 : 200);
    })
    .post("/call/end", async (c) => {
      const end = withoutUndefined(await read(c, endInput));
      return c.json({ callId: signal({ kind: "end", ...end }, "no_call").callId }, 200);
    })
    .post("/call/hold", async (c) => {
      const { held } = await read(c, holdInput);
      return c.json({ callId: signal({ kind: "hold", held }, "no_call").callId }, 200);
    })
    .post("/recording/pause", async (c) => c.json((await read(c, noInput), recording(true)), 200))
    .post("/recording/resume", async (c) => c.json((await read(c, noInput), recording(false)), 200))
    .post("/summon", async (c) => {
      await read(c, noInput);
      desk.summon();
      return c.json({}, 202);
    })
    .get("/doctor", async (c) => c.json({ findings: await desk.examine() }, 200))
    .get("/pair", (c) => c.json(desk.pairing(), 200))
    .post("/pair", async (c) => {
      await desk.pair((await read(c, pairingInput)).code);
      return c.json(desk.pairing(), 200);
    });
}

function answered(answer: SignalAnswer, otherwise: RefusalCode): SignalAnswer {
  if (answer.taken === "no") throw new Refusal(otherwise);
  return answer;
}

function withoutUndefined<T extends { externalId?: string | undefined }>(input: T) {
  const { externalId, ...rest } = input;
  return externalId === undefined ? rest : { ...rest, externalId };
}
