import { Hono } from "hono";
import type { Context } from "hono";
import {
  clipInput,
  markChange,
  markInput,
  recordingFilter,
  recordingsZipInput,
  savedFilterInput,
  type Call,
  type Clip,
  type Job,
  type Mark,
  type Moment,
  type Recording,
  type Role,
  type SavedFilter,
} from "#contract";
import { toneWav } from "../../support/wav.ts";
import * as library from "./library-scene.ts";
import * as scene from "./scene.ts";
import { gaps } from "./transcript-scene.ts";
import { problem } from "./wire.ts";

export type LibraryOptions = {
  recordings?: Recording[];
  marks?: Mark[];
  /** What marks itself in Óscar Medina's call. */
  moments?: Moment[];
  clips?: Clip[];
  filters?: SavedFilter[];
  /** ZIPs that were asked for before. */
  zips?: Job[];
};

const OSCAR = scene.idOf(200);
const SECONDS = 336;
const absent = problem(404, "not_found", "No existe, o no es tuyo.", "");

let made: Uint8Array<ArrayBuffer> | undefined;
/** A recording as the real server sends it: in ranges, so that it can be sought in. */
function audio(range: string | undefined): Response {
  const sound = (made ??= toneWav(SECONDS, 4000).bytes);
  const headers = { "content-type": "audio/wav", "accept-ranges": "bytes" };
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  if (from === undefined) return new Response(sound, { headers });
  const last = Math.min(sound.length - 1, to ? Number(to) : Infinity);
  const part = sound.subarray(Number(from), last + 1);
  const place = `bytes ${from}-${last}/${sound.length}`;
  return new Response(part, { status: 206, headers: { ...headers, "content-range": place } });
}

/** Both voices; where the recording was paused there is nothing. */
function peaksOf(callId: string): number[][] {
  const count = 400;
  const silent = (i: number): boolean =>
    callId === OSCAR &&
    gaps.some(({ side, from, to }) => {
      const at = (i / count) * SECONDS;
      return side === "both" && at >= from && at < to;
    });
  return scene.voices(count, 3).map((lane) => lane.map((peak, i) => (silent(i) ? 0 : peak)));
}

type Around = {
  role: () => Role | null;
  says: (callId: string, q: string) => boolean;
  /** A call that stands behind a number. */
  call: (id: string) => Call | undefined;
};

/** /api/recordings, /api/clips, /api/filters and /api/jobs in memory. */
export function fakeLibrary(options: LibraryOptions, { role, says, call }: Around) {
  const marks = (options.marks ?? library.marks).map((one) => ({ ...one }));
  const clips = [...(options.clips ?? library.clips)];
  const filters = [...(options.filters ?? library.filters)];
  const jobs = [...(options.zips ?? [])];
  const trash = new Set<string>();

  const me = () => {
    const { id, name } = scene.me(role() ?? "agent");
    return { id, name };
  };
  const all = (): Recording[] =>
    (options.recordings ?? scene.recordings)
      .filter(({ callId }) => !trash.has(callId))
      .map((one) => ({ ...one, marks: marks.filter(({ callId }) => callId === one.callId).length }));
  const one = (callId: string): Recording | undefined => {
    const behind = call(callId);
    return all().find((each) => each.callId === callId) ?? (behind && scene.recordingOf(behind, 1));
  };
  const missing = (c: Context) => c.json(absent, 404);

  const app = new Hono()
    .get("/", (c) => {
      const wanted = recordingFilter.parse(c.req.query());
      const { q = "", after = "0", limit, minSeconds = 0, maxSeconds = Infinity } = wanted;
      const found = all().filter(
        (each) =>
          ((each.contact.name ?? each.contact.phone ?? "").toLowerCase().includes(q.toLowerCase()) ||
            says(each.callId, q)) &&
          (!wanted.agent || each.agentId === wanted.agent) &&
          (!wanted.disposition || each.disposition === wanted.disposition) &&
          (!wanted.campaign || each.campaign === wanted.campaign) &&
          (wanted.ai !== true || each.aiAsks > 0) &&
          (wanted.marked !== true || each.marks > 0) &&
          (!wanted.from || each.startedAt.slice(0, 10) >= wanted.from) &&
          (!wanted.to || each.startedAt.slice(0, 10) <= wanted.to) &&
          each.durationSeconds >= minSeconds &&
          each.durationSeconds < maxSeconds,
      );
      const end = Number(after) + limit;
      const items = found.slice(Number(after), end);
      return c.json({ items, next: end < found.length ? String(end) : null }, 200);
    })
    .get("/stats", (c) => c.json(library.recordingStats, 200))
    .get("/marks/unseen", (c) => {
      const items = marks
        .filter(({ seenAt, by }) => seenAt === null && by.id !== me().id)
        .map((mark) => ({ ...mark, contact: { name: null, phone: null }, startedAt: mark.at }));
      return c.json({ count: items.length, items }, 200);
    })
    .post("/zip", async (c) => {
      recordingsZipInput.parse(await c.req.json());
      jobs.unshift(library.zipJob("queued", 0));
      return c.json(jobs[0], 201);
    })
    .get("/:id", (c) => {
      const found = one(c.req.param("id"));
      return found ? c.json(found, 200) : missing(c);
    })
    .delete("/:id", (c) => {
      trash.add(c.req.param("id"));
      return c.body(null, 204);
    })
    .post("/:id/restore", (c) => {
      trash.delete(c.req.param("id"));
      return c.body(null, 204);
    })
    .get("/:id/listeners", (c) =>
      c.json({ items: c.req.param("id") === OSCAR ? library.listeners : [] }, 200),
    )
    .get("/:id/marks", (c) => {
      const items = marks.filter(({ callId }) => callId === c.req.param("id"));
      const moments = c.req.param("id") === OSCAR ? (options.moments ?? []) : [];
      return c.json({ items, moments }, 200);
    })
    .post("/:id/marks", async (c) => {
      const input = markInput.parse(await c.req.json());
      const mark = {
        ...input,
        callId: c.req.param("id"),
        by: me(),
        at: scene.NOW.toISOString(),
        seenAt: null,
      };
      marks.push(mark);
      return c.json(mark, 201);
    })
    .post("/:id/marks/seen", (c) => {
      for (const mark of marks)
        if (mark.callId === c.req.param("id")) mark.seenAt ??= scene.NOW.toISOString();
      return c.body(null, 204);
    })
    .patch("/:id/marks/:mark", async (c) => {
      const mark = marks.find(({ id }) => id === c.req.param("mark"));
      if (!mark) return missing(c);
      const { text = mark.text } = markChange.parse(await c.req.json());
      mark.text = text;
      return c.json(mark, 200);
    })
    .delete("/:id/marks/:mark", (c) => {
      const at = marks.findIndex(({ id }) => id === c.req.param("mark"));
      if (at < 0) return missing(c);
      marks.splice(at, 1);
      return c.body(null, 204);
    })
    .post("/:id/clips", async (c) => {
      const { id, title, fromMs, toMs } = clipInput.parse(await c.req.json());
      const of = one(c.req.param("id"));
      if (!of) return missing(c);
      const { callId, contact, startedAt, agentId, agentName } = of;
      const agent = { id: agentId, name: agentName };
      const bytes = Math.round(((toMs - fromMs) / 1000) * 176_400);
      const at = scene.NOW.toISOString();
      const clip: Clip = { id, callId, title, fromMs, toMs, bytes, agent, contact, startedAt, by: me(), at };
      clips.unshift(clip);
      return c.json(clip, 201);
    })
    .get("/:id/peaks", (c) => c.json({ durationSeconds: SECONDS, peaks: peaksOf(c.req.param("id")) }, 200))
    .get("/:id/metadata", (c) => {
      const found = one(c.req.param("id"));
      if (!found) return missing(c);
      const { durationSeconds, bytes, channels, completeness, callId } = found;
      const sound = { sampleRate: 44_100, bitsPerSample: 16, sha256: "0".repeat(64) };
      const own = callId === OSCAR ? gaps : [];
      return c.json({ ...sound, durationSeconds, bytes, channels, completeness, gaps: own }, 200);
    })
    .get("/:id/audio", (c) => audio(c.req.header("range")));

  const clipApp = new Hono()
    .get("/", (c) => c.json({ items: clips, next: null }, 200))
    .get("/:id/audio", (c) => audio(c.req.header("range")))
    .delete("/:id", (c) => {
      const at = clips.findIndex(({ id }) => id === c.req.param("id"));
      if (at < 0) return missing(c);
      clips.splice(at, 1);
      return c.body(null, 204);
    });

  const filterApp = new Hono()
    .get("/", (c) => c.json({ items: filters }, 200))
    .put("/:id", async (c) => {
      const saved = { id: c.req.param("id"), ...savedFilterInput.parse(await c.req.json()) };
      const at = filters.findIndex(({ id }) => id === saved.id);
      filters.splice(at < 0 ? filters.length : at, at < 0 ? 0 : 1, saved);
      return c.json(saved, 200);
    })
    .delete("/:id", (c) => {
      const at = filters.findIndex(({ id }) => id === c.req.param("id"));
      if (at < 0) return missing(c);
      filters.splice(at, 1);
      return c.body(null, 204);
    });

  // other rooms' jobs are theirs to answer for
  const jobApp = new Hono()
    .get("/", (c, next) =>
      c.req.query("kind") === "recordings_zip" ? c.json({ items: jobs, next: null }, 200) : next(),
    )
    .get("/:id", (c, next) => {
      const job = jobs.find(({ id }) => id === c.req.param("id"));
      return job ? c.json(job, 200) : next();
    })
    .delete("/:id", (c, next) => {
      const at = jobs.findIndex(({ id }) => id === c.req.param("id"));
      if (at < 0) return next();
      jobs.splice(at, 1);
      return c.body(null, 204);
    })
    .get("/:id/file", (c, next) => {
      if (!jobs.some(({ id }) => id === c.req.param("id"))) return next();
      return c.body(new Uint8Array(2000), 200, {
        "content-type": "application/zip",
        "content-disposition": 'attachment; filename="grabaciones_2026-11-23.zip"',
      });
    });
  /** The newest ZIP gets on, in bytes. */
  const zip = (state: Job["state"], done: number): void => void (jobs[0] = library.zipJob(state, done));
  return { app, zip, clips: clipApp, filters: filterApp, jobs: jobApp };
}
