import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { callStarted } from "#contract";
import type { Log } from "../log.ts";
import type { Outbox, OutboxStatus, Outgoing, Scrubbed } from "../ports.ts";
import { type Clock, Lane, nameOf, type Step } from "./lane.ts";
import { type Answer, type Fetch, Link, type Request } from "./link.ts";
import { DiskQueue, type Item, type Refusal } from "./queue.ts";
import { type Progress, Uploads } from "./upload.ts";

export type OutboxOptions = {
  /** The tray's own folder; the queue lies in `outbox/` below it. */
  data: string;
  /** Without a slash at its end. */
  serverUrl: string;
  /** This PC's bearer token, or null before it is paired. */
  token: () => string | null;
  log: Log;
  /** The server has a recording whole: it has confirmed the digest. */
  onDelivered?: (file: string) => Promise<void>;
  /** A finished recording that waited must not be kept: not by the server, and not here. */
  onUnwanted?: (file: string) => Promise<void>;
  fetch?: Fetch;
  clock?: Clock;
};

type Event = "call-start" | "call-end" | "state" | "capture";
const EVENTS: Event[] = ["call-start", "call-end", "state", "capture"];

/** A growing file has a new full part every half minute. */
const FOLLOW_MS = 5_000;
const LONG_MS = 3_600_000;
/** So long a recording waits for the last words of its call; words that cannot be sent do not hold it up for good. */
const WORDS_FIRST_MS = 60_000;
/** How soon a disk that would not take something is tried again. */
const SAVE_AGAIN_MS = 1_000;

const realClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
};

/** The queue between this PC and the server, in `outbox/` of its data folder. */
export function createOutbox(options: OutboxOptions): Outbox {
  return new HttpOutbox(options);
}

/**
 * Three lanes, so that neither sound nor words ever hold up a call: events in their order, words and recordings once
 * their call is known.
 */
class HttpOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #clock: Clock;
  readonly #queue: DiskQueue;
  readonly #link: Link;
  readonly #uploads: Uploads;
  readonly #events: Lane;
  readonly #words: Lane;
  readonly #recordings: Lane;
  /** Until when a finished recording waits for the words of its call, in milliseconds since 1970. */
  readonly #waitsUntil = new Map<string, number>();
  readonly #listeners: ((status: OutboxStatus) => void)[] = [];
  readonly #unwantedListeners: ((callId: string) => void)[] = [];
  readonly #end = new AbortController();
  #online = true;
  #refused: string | null = null;
  #unpaired = false;
  #told = "";

  constructor(options: OutboxOptions) {
    const { data, serverUrl, token, log, fetch = globalThis.fetch, clock = realClock } = options;
    this.#options = options;
    this.#clock = clock;
    this.#queue = new DiskQueue(join(data, "outbox"));
    this.#link = new Link({ serverUrl, token, fetch });
    this.#uploads = new Uploads(this.#link);
    this.#events = new Lane((signal) => this.#sendEvent(signal), clock, log);
    this.#words = new Lane((signal) => this.#sendWords(signal), clock, log);
    this.#recordings = new Lane((signal) => this.#sendAudio(signal), clock, log);
  }

  async start(): Promise<void> {
    const unreadable = this.#queue.load();
    if (unreadable.length > 0) {
      this.#refused = "unreadable";
      this.#options.log(`the outbox put apart what it could not read: ${unreadable.join(", ")}`);
    }
    this.#events.start();
    this.#words.start();
    this.#recordings.start();
    this.#tell();
  }

  async put(thing: Outgoing): Promise<void> {
    const item = this.#queue.add(thing);
    if (thing.kind === "recording-end") this.#dropFollowed(thing.callId);
    this.#tell();
    this.#events.wake();
    this.#words.wake();
    this.#recordings.wake();
    await this.#save(item);
  }

  scrubbed(callId: string, { fromByte, toByte }: Scrubbed): void {
    this.#uploads.changed(callId, fromByte, toByte);
    this.#recordings.wake();
  }

  onStatus(listener: (status: OutboxStatus) => void): void {
    this.#listeners.push(listener);
  }

  onNotRecorded(listener: (callId: string) => void): void {
    this.#unwantedListeners.push(listener);
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await Promise.all([this.#events.stop(), this.#words.stop(), this.#recordings.stop()]);
  }

  /** A full disk does not hold up what can be sent: it waits in memory, until it is sent or the disk takes it. */
  async #save(item: Item): Promise<void> {
    for (let said = false; !this.#end.signal.aborted && this.#queue.has(item); said = true) {
      try {
        return this.#queue.save(item);
      } catch (error) {
        if (!said) this.#options.log(`the outbox cannot be written: ${nameOf(error)}`);
        await this.#clock.sleep(SAVE_AGAIN_MS, this.#end.signal);
      }
    }
  }

  async #sendEvent(signal: AbortSignal): Promise<Step> {
    const [item] = this.#queue.of(...EVENTS);
    if (!item) return { kind: "idle", forMs: LONG_MS };
    const answer = await this.#link.send(this.#requestOf(item), signal);
    if (answer.kind === "done" && item.thing.kind === "call-start" && isNotRecorded(answer.body))
      await this.#notRecorded(item.thing.body.id);
    if (answer.kind === "done" || answer.kind === "refused") {
      this.#words.wake();
      this.#recordings.wake();
    }
    return this.#settle(item, answer);
  }

  async #sendWords(signal: AbortSignal): Promise<Step> {
    const item = this.#queue.of("transcript").find(this.#isKnown());
    if (!item) return { kind: "idle", forMs: LONG_MS };
    const { callId, body } = item.thing;
    const answer = await this.#link.send(
      { method: "POST", path: `/api/transcripts/${callId}`, json: body },
      signal,
    );
    const step = this.#settle(item, isUnwanted(answer) ? { kind: "done", body: null } : answer);
    this.#recordings.wake();
    return step;
  }

  /** Whether the server knows the call of a thing. */
  #isKnown(): (item: Item<"transcript" | "recording" | "recording-end">) => boolean {
    const unknown = new Set(this.#queue.of("call-start").map(({ thing }) => thing.body.id));
    return ({ thing }) => !unknown.has(thing.callId);
  }

  /** Whether the words of a call are still on their way: a page that shows its recording has them too. */
  #waitsForWords(callId: string): boolean {
    const waits = this.#queue.of("transcript").some(({ thing }) => thing.callId === callId);
    const now = this.#clock.now().getTime();
    const until = this.#waitsUntil.get(callId) ?? now + WORDS_FIRST_MS;
    this.#waitsUntil.set(callId, until);
    return waits && now < until;
  }

  async #sendAudio(signal: AbortSignal): Promise<Step> {
    const ready = this.#isKnown();
    const finished = this.#queue.of("recording-end").filter(ready);
    const ended = finished.find(({ thing }) => !this.#waitsForWords(thing.callId));
    if (ended) return this.#finish(ended, signal);
    const growing = this.#queue.of("recording").filter(ready);
    for (const item of growing) {
      const progress = await this.#uploads.follow(item, signal);
      if (isForbidden(progress)) return this.#drop(item.thing.callId);
      if (progress.kind !== "nothing") return this.#settle(item, progress);
    }
    if (growing.length > 0) return { kind: "idle", forMs: FOLLOW_MS };
    return { kind: "idle", forMs: finished.length > 0 ? WORDS_FIRST_MS : LONG_MS };
  }

  async #finish(item: Item<"recording-end">, signal: AbortSignal): Promise<Step> {
    const answer = await this.#uploads.finish(item, signal);
    if (isForbidden(answer)) return this.#drop(item.thing.callId);
    if (answer.kind === "done") await this.#options.onDelivered?.(item.thing.recorded.file);
    if (answer.kind === "done" || answer.kind === "refused") this.#waitsUntil.delete(item.thing.callId);
    return this.#settle(item, answer);
  }

  async #drop(callId: string): Promise<Step> {
    await this.#notRecorded(callId);
    this.#tell();
    return { kind: "again" };
  }

  /** Neither sound nor words of this call may be kept. */
  async #notRecorded(callId: string): Promise<void> {
    for (const item of this.#queue.of("recording", "recording-end", "transcript")) {
      if (item.thing.callId !== callId) continue;
      if (item.thing.kind === "recording-end") await this.#options.onUnwanted?.(item.thing.recorded.file);
      this.#queue.remove(item);
    }
    this.#waitsUntil.delete(callId);
    for (const listener of this.#unwantedListeners) listener(callId);
  }

  #settle(item: Item, progress: Answer | Progress): Step {
    this.#note(progress);
    if (progress.kind === "done") this.#queue.remove(item);
    if (progress.kind === "refused") this.#refuse(item, progress.problem);
    this.#tell();
    if (progress.kind === "later") return { kind: "later", waitMs: progress.waitMs };
    return progress.kind === "unpaired" ? { kind: "later", waitMs: null } : { kind: "again" };
  }

  #note(answer: Progress | Answer): void {
    this.#online = answer.kind !== "later" || answer.online;
    this.#unpaired = answer.kind === "unpaired" && this.#options.token() !== null;
  }

  #refuse(item: Item, refusal: Refusal): void {
    this.#queue.refuse(item, refusal);
    this.#refused = refusal.code;
    this.#options.log(`the server did not take a ${item.thing.kind}: ${refusal.code} (${item.name})`);
  }

  #dropFollowed(callId: string): void {
    for (const item of this.#queue.of("recording"))
      if (item.thing.callId === callId) this.#queue.remove(item);
  }

  #requestOf({ thing }: Item<Event>): Request {
    const method = "POST";
    if (thing.kind === "state") return { method, path: "/api/agents/me/state", json: thing.body };
    if (thing.kind === "capture") return { method, path: "/api/agents/me/capture", json: thing.body };
    if (thing.kind === "call-end") return { method, path: "/api/calls/end", json: thing.body };
    const json = { ...thing.body, sentAt: this.#clock.now().toISOString() };
    return { method, path: "/api/calls/start", json };
  }

  /** A recording in progress does not wait: it is not over. */
  #tell(): void {
    const waiting = this.#queue.of(...EVENTS, "transcript", "recording-end").length;
    const refused = this.#unpaired ? "unpaired" : this.#refused;
    const status = { waiting, online: this.#online, refused };
    const text = JSON.stringify(status);
    if (text === this.#told) return;
    this.#told = text;
    for (const listener of this.#listeners) listener(status);
  }
}

const started = callStarted.partial({ record: true });
/** An older server says nothing of it: then it is recorded. */
const isNotRecorded = (body: unknown): boolean => started.safeParse(body).data?.record === false;
const isForbidden = (answer: Answer | Progress): boolean =>
  answer.kind === "refused" && answer.problem.code === "not_to_be_recorded";

/** Words that the team no longer wants written down go, as if they had never been; nothing is wrong then. */
const isUnwanted = (answer: Answer): boolean =>
  answer.kind === "refused" && answer.problem.code === "listening_off";
