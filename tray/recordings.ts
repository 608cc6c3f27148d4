import { join } from "node:path";
import { recordingPath } from "#contract";
import { discarded } from "./keeping.ts";
import type { Entry, Journal } from "./journal.ts";
import { type Log, reason } from "./log.ts";
import { localStamp, nextNumber } from "./numbering.ts";
import type { Levels, Recorded, Recorder, RunningRecording } from "./ports.ts";
import type { Event, OngoingCall } from "./state.ts";

type Options = {
  data: string;
  recorder: Recorder;
  journal: Journal;
  /** Whose PC it is, for the folder's name; null before pairing. */
  agent: () => string | null;
  dispatch: (event: Event) => void;
  /** The last sound of a call has been heard: what must still be done before its file is closed. Must not reject. */
  beforeClose: (callId: string) => Promise<void>;
  log: Log;
};

type Running = { recording: RunningRecording; number: number };

/** The recordings of this PC's calls: which file each goes to, and what becomes of it. */
export class Recordings {
  readonly #options: Options;
  readonly #running = new Map<string, Running>();
  /** Calls that were paused before their file was there. */
  readonly #pausedEarly = new Set<string>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Starts the recording of a call; tells the session `recording-started` or `recording-failed`. */
  async start(call: OngoingCall): Promise<void> {
    const { data, recorder, journal, agent, dispatch, log } = this.#options;
    const { id: callId, startedAt, answeredAt, startedMs, begun } = call;
    if (call.paused) this.#pausedEarly.add(callId);
    try {
      const at = new Date(startedAt);
      const number = nextNumber(data, at);
      const { name = null, phone = null } = begun.contact;
      const of = { agent: agent() ?? "", contact: name, phone, number, startedAt: localStamp(at) };
      const file = join(data, "recordings", recordingPath(of));
      journal.note({ callId, startedAt, answeredAt, file, number, ended: false });
      const recording = await recorder.start(file);
      this.#running.set(callId, { recording, number });
      if (this.#pausedEarly.has(callId)) recording.pause();
      await recording.flowing;
      recording.onHealth((health) => dispatch({ kind: "health", callId, health }));
      log(`recording: first audio ${Math.round(performance.now() - startedMs)} ms after the call began`);
      dispatch({ kind: "recording-started", callId, file });
    } catch (error) {
      log(`the recording could not start: ${reason(error)}`);
      journal.unrecorded(callId);
      dispatch({ kind: "recording-failed", callId });
    } finally {
      this.#pausedEarly.delete(callId);
    }
  }

  /** At once, also while the first sound has not come yet: what is said now must not be recorded. */
  pause(callId: string, paused: boolean): void {
    const recording = this.#running.get(callId)?.recording;
    if (recording && paused) recording.pause();
    else if (recording) recording.resume();
    else if (paused) this.#pausedEarly.add(callId);
    else this.#pausedEarly.delete(callId);
  }

  /** How loud both sides of a call are now; null while it is not recorded. */
  levels(callId: string): Levels | null {
    return this.#running.get(callId)?.recording.levels() ?? null;
  }

  /** The recording of a call in progress; null while there is none. */
  running(callId: string): RunningRecording | null {
    return this.#running.get(callId)?.recording ?? null;
  }

  /** Closes the file of a call; tells the session `recording-stopped`. */
  async stop(callId: string): Promise<void> {
    const { recorder, dispatch, beforeClose, log } = this.#options;
    const running = this.#running.get(callId);
    if (!running) return;
    this.#running.delete(callId);
    const { recording, number } = running;
    try {
      const closing = recording.stop(() => beforeClose(callId));
      const recorded = await closing.catch(async () => {
        await beforeClose(callId);
        return recorder.recover(recording.file);
      });
      dispatch({ kind: "recording-stopped", callId, recorded: numbered(recorded, number) });
    } catch (error) {
      log(`a recording could not be closed; its file stays as it is: ${reason(error)}`);
    }
  }

  /** Ends the recording of a call and removes its file: nobody is to have it. */
  async discard(callId: string): Promise<void> {
    const { journal, beforeClose } = this.#options;
    journal.unrecorded(callId);
    const running = this.#running.get(callId);
    if (!running) return;
    this.#running.delete(callId);
    const { file } = running.recording;
    // what it leaves of itself goes, also where it could not be closed
    await running.recording.stop(() => beforeClose(callId)).catch(() => undefined);
    await discarded(file);
  }

  /** Mends the file of a call that a crash cut off; null when nothing of it is left. */
  async recover({ file, number }: Entry): Promise<Recorded | null> {
    if (file === null) return null;
    try {
      return numbered(await this.#options.recorder.recover(file), number);
    } catch (error) {
      this.#options.log(`a recording cut off by a crash could not be mended: ${reason(error)}`);
      return null;
    }
  }
}

const numbered = ({ file, metadata }: Recorded, number: number): Recorded => {
  return { file, metadata: { ...metadata, number } };
};
