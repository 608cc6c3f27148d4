import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Call, Stats } from "#contract";
import type { Scope } from "../../server/auth/scope.ts";
import { AppError } from "../../server/errors.ts";
import { outgoingPipe, webPipe, type Pipe } from "../../server/http/pipe.ts";
import { memoryBus, type Bus } from "../../server/live/bus.ts";
import { createLive } from "../../server/live/live.ts";
import { eventually } from "../support/eventually.ts";

const ALL: Scope = { by: "all" };
const team = (id: string): Scope => ({ by: "teams", ids: [id] });
const view = (scope: Scope) => ({ scope, name: "all", timeZone: "UTC" });

/** The live room over others that only count what they are asked. */
function room() {
  const asked = { boards: 0, places: 0, listeners: 0 };
  const errors: unknown[] = [];
  let reading: () => Promise<unknown> = async () => undefined;
  let size = 1;
  const own = memoryBus();
  const bus: Bus = {
    publish: own.publish,
    subscribe: (listener) => {
      asked.listeners++;
      const stop = own.subscribe(listener);
      return () => (asked.listeners--, stop());
    },
  };
  const log = {
    info: () => undefined,
    error: (_: string, __: object, cause: unknown) => void errors.push(cause),
  };
  const live = createLive(
    { bus, log, clock: () => new Date() },
    {
      stats: {
        board: async () => {
          asked.boards++;
          await reading();
          return { stats: { scope: "x".repeat(size) } as Stats, byAgent: new Map(), present: [] };
        },
        people: async () => ({ byAgent: new Map(), present: [] }),
      },
      agents: { rows: () => [], place: async () => (asked.places++, { teamId: "north", siteId: "m" }) },
      calls: {
        open: async () => [],
        recent: async () => [],
        visible: async (_, id) => {
          if (id === "erased") throw new AppError("not_found");
          return { id } as Call;
        },
      },
      recordings: { visible: () => Promise.reject(new Error("not asked")) },
    },
  );
  return {
    live,
    bus,
    asked,
    errors,
    /** What happens while a board is read. */
    whileReading: (what: () => Promise<unknown>) => void (reading = what),
    /** How long the frames are. */
    setSize: (bytes: number) => void (size = bytes),
    call: (callId = "c1") => bus.publish({ kind: "call", agentId: "maria", callId }),
  };
}

/** A board in this process, and the frames that it was sent. */
function inMemory() {
  const frames: string[] = [];
  let closed = (): void => undefined;
  const pipe: Pipe = {
    answer: new Response(),
    waiting: 0,
    send: (bytes) => void frames.push(new TextDecoder().decode(bytes)),
    end: () => queueMicrotask(closed),
    cut: () => queueMicrotask(closed),
  };
  return { frames, close: () => closed(), open: (left: () => void) => ((closed = left), pipe) };
}
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

describe("boards come and go", () => {
  test("500 that came and left leave no listener, timer or audience", async () => {
    const before = timers();
    const { live, bus, asked, call } = room();
    const boards = Array.from({ length: 500 }, inMemory);
    await Promise.all(boards.map(({ open }, i) => live.join(view(i % 2 ? ALL : team(`t${i % 20}`)), open)));
    assert.deepEqual(live.count(), { boards: 500, audiences: 11 });
    call();
    await eventually("the frame", () => boards[1]?.frames.length === 2);
    call();
    for (const { close } of boards) close();
    assert.deepEqual(live.count(), { boards: 0, audiences: 0 });
    const read = asked.boards;
    call();
    await wait(300);
    assert.equal(asked.boards, read, "nothing is read for nobody");
    live.stop();
    assert.equal(asked.listeners, 0);
    assert.equal(timers(), before);
    bus.publish({ kind: "agent", agentId: "maria" });
  });

  test("one whose snapshot cannot be read leaves nothing either", async () => {
    const { live, whileReading } = room();
    whileReading(() => Promise.reject(new Error("the database is away")));
    const joining = Array.from({ length: 3 }, () => live.join(view(ALL), inMemory().open));
    for (const one of joining) await assert.rejects(one, /database/);
    assert.deepEqual(live.count(), { boards: 0, audiences: 0 });
    live.stop();
  });

  test("those who come at once share a snapshot, and get what changes while it is read", async () => {
    const { live, asked, call, whileReading } = room();
    let read = (): void => undefined;
    whileReading(() => new Promise<void>((resolve) => (read = resolve)));
    const boards = Array.from({ length: 100 }, inMemory);
    const joining = Promise.all(boards.map(({ open }) => live.join(view(ALL), open)));
    await eventually("the reading", () => asked.boards === 1);
    call("meanwhile");
    whileReading(async () => undefined);
    read();
    await joining;
    await eventually("the change", () => boards.every(({ frames }) => frames.length === 2));
    for (const { frames } of boards) assert.match(frames[1] ?? "", /"id":"meanwhile"/);
    assert.equal(asked.boards, 2, "one snapshot and one frame for a hundred boards");
    live.stop();
  });

  test("where an agent belongs is asked once a change, and not at all for those who see everything", async () => {
    const { live, asked, call } = room();
    const chief = inMemory();
    await live.join(view(ALL), chief.open);
    call();
    await eventually("the frame", () => chief.frames.length === 2);
    assert.equal(asked.places, 0);
    const [north, south] = [inMemory(), inMemory()];
    await live.join(view(team("north")), north.open);
    await live.join(view(team("south")), south.open);
    call("c2");
    await eventually("the frame", () => north.frames.length === 2 && chief.frames.length === 3);
    assert.equal(asked.places, 1);
    assert.equal(south.frames.length, 1, "another team's call is none of theirs");
    live.stop();
  });

  test("calls come with each frame, the figures once a second, the last ones though nothing follows", async () => {
    const { live, call } = room();
    const { frames, open } = inMemory();
    await live.join(view(ALL), open);
    call("c1");
    await eventually("the first change", () => frames.length === 2);
    call("c2");
    await eventually("the second change", () => frames.length === 3);
    await eventually("its figures", () => frames.length === 4);
    const kinds = frames.map((frame) => [...frame.matchAll(/^event: (\w+)$/gm)].map(([, kind]) => kind));
    assert.deepEqual(kinds, [["snapshot"], ["call", "stats"], ["call"], ["stats"]]);
    for (const frame of frames)
      assert.match(frame, /\n\n: \d{4}-\d\d-\d\dT[\d:.]+Z\n\n$/, "when it was read");
    live.stop();
  });

  test("a call that is gone is left out of its frame, the others are in it", async () => {
    const { live, call, errors } = room();
    const board = inMemory();
    await live.join(view(ALL), board.open);
    call("erased");
    call("stays");
    await eventually("the frame", () => board.frames.length === 2);
    assert.match(board.frames[1] ?? "", /"id":"stays"/);
    assert.deepEqual(errors, []);
    live.stop();
  });

  test("after the stop nobody stays", async () => {
    const { live } = room();
    const early = inMemory();
    await live.join(view(ALL), early.open);
    live.stop();
    await live.join(view(ALL), inMemory().open);
    await wait(0);
    assert.deepEqual(live.count(), { boards: 0, audiences: 0 });
  });
});

describe("on Node's own responses", () => {
  let http: ReturnType<typeof createServer>;
  let one: ReturnType<typeof room>;
  beforeEach(async () => {
    one = room();
    http = createServer((_, outgoing) => {
      const head = new Response(null, { headers: { "content-type": "text/event-stream" } });
      void one.live.join(view(ALL), (closed) => outgoingPipe(outgoing, head, closed, head));
    });
    await once(http.listen(0, "127.0.0.1"), "listening");
  });
  afterEach(() => {
    one.live.stop();
    http.closeAllConnections();
    http.close();
  });
  const board = async (): Promise<IncomingMessage> => {
    const request = get({ port: (http.address() as AddressInfo).port, host: "127.0.0.1" });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return response;
  };

  test("a board that does not keep up is cut off, the others stay, and it comes back with a snapshot", async () => {
    const slow = await board();
    slow.pause();
    slow.on("error", () => undefined);
    const quick = await board();
    let seen = 0;
    quick.on("data", ({ length }: Buffer) => (seen += length));
    await eventually("both", () => one.live.count().boards === 2);
    one.setSize(4_000_000);
    await eventually("the cut", async () => {
      one.call();
      await wait(200);
      return one.live.count().boards === 1;
    });
    one.setSize(1);
    const sofar = seen;
    one.call("after");
    await eventually("the next frame", () => seen > sofar);
    const back = await board();
    const [first] = (await once(back, "data")) as [Buffer];
    assert.match(first.toString(), /^event: snapshot/);
    assert.deepEqual(one.errors, []);
  });

  test("a closed socket leaves at once, also while its snapshot is read", async () => {
    const left = await board();
    await eventually("the board", () => one.live.count().boards === 1);
    left.destroy();
    await eventually("nobody", () => one.live.count().audiences === 0);

    let read = (): void => undefined;
    one.whileReading(() => new Promise<void>((resolve) => (read = resolve)));
    const request = get({ port: (http.address() as AddressInfo).port, host: "127.0.0.1" });
    request.on("error", () => undefined);
    await eventually("the reading", () => one.live.count().audiences === 1);
    request.destroy();
    await eventually(
      "the closed socket",
      () => new Promise<boolean>((resolve) => http.getConnections((_, n) => resolve(n === 0))),
    );
    read();
    await eventually("nobody", () => one.live.count().audiences === 0);
  });

  test("frames are plain bytes up to the end of the connection", async () => {
    const response = await board();
    assert.equal(response.headers["transfer-encoding"], undefined);
    assert.equal(response.headers["content-length"], undefined);
    assert.equal(response.headers.connection, "close");
    let text = "";
    response.on("data", (chunk: Buffer) => (text += chunk.toString()));
    await eventually("the snapshot", () => text.endsWith("\n\n"));
    one.live.stop();
    await once(response, "end");
    assert.ok(response.complete);
  });
});

test("over a web stream a slow board is cut off as well, and one that leaves is gone", async () => {
  const { live, call, setSize } = room();
  const head = new Response(null, { headers: { "content-type": "text/event-stream" } });
  const open = (closed: () => void): Pipe => webPipe(undefined as never, head, closed);
  const [slow, leaving] = [await live.join(view(ALL), open), await live.join(view(ALL), open)];
  await leaving.answer.body?.cancel();
  assert.equal(live.count().boards, 1);
  setSize(300_000);
  call();
  await eventually("a frame that waits", () => slow.waiting > 256 * 1024);
  call();
  await eventually("nobody", () => live.count().boards === 0);
  await assert.rejects(slow.answer.text(), /keep up/);
  live.stop();
});
