import { Hono } from "hono";
import type { ExportInput, Job, Schedule, ScheduleChange, ScheduleInput } from "#contract";
import * as scene from "./scene.ts";

const AT = "2026-11-23T10:00:00.000Z";

export type ExportOptions = {
  /** Exports that there are at first, oldest first. */
  exported?: Job[];
  /** Reports that make themselves, as they are at first. */
  schedules?: Schedule[];
};

/** Exports with made-up progress: each look at one that runs finds it further. */
export function fakeExports(options: ExportOptions) {
  let made = 0;
  const jobs = new Map((options.exported ?? []).map((job) => [job.id, job]));
  const schedules = new Map((options.schedules ?? []).map((one) => [one.id, one]));
  const stepped = (job: Job): Job => {
    if (job.state !== "running") return job;
    const done = job.done + 40;
    const next: Job =
      done > 100
        ? {
            ...job,
            state: "done",
            done: 100,
            bytes: 40_000,
            endedAt: AT,
            expiresAt: "2026-11-30T10:00:00.000Z",
          }
        : { ...job, done };
    jobs.set(job.id, next);
    return next;
  };
  return new Hono()
    .post("/exports", async (c) => {
      const { kind, filters } = await c.req.json<ExportInput>();
      const id = scene.idOf(900 + made++);
      const job: Job = {
        id,
        kind: "export",
        state: "running",
        done: 0,
        total: 100,
        fileName: `${kind}_${filters.from}_${filters.to}.xlsx`,
        bytes: null,
        error: null,
        createdAt: AT,
        endedAt: null,
        expiresAt: null,
        scheduleId: null,
        by: null,
      };
      jobs.set(id, job);
      return c.json(job, 201);
    })
    .get("/jobs", (c) => c.json({ items: [...jobs.values()].toReversed().map(stepped), next: null }, 200))
    .delete("/jobs/:id", (c) => {
      const job = jobs.get(c.req.param("id"));
      if (job?.state === "running") jobs.set(job.id, { ...job, state: "cancelled" });
      else if (job) jobs.delete(job.id);
      return c.body(null, 204);
    })
    .get("/jobs/:id/file", (c) =>
      c.body(new Uint8Array(40_000), 200, { "content-disposition": 'attachment; filename="calls.xlsx"' }),
    )
    .get("/schedules", (c) => c.json({ items: [...schedules.values()], next: null }, 200))
    .post("/schedules", async (c) => {
      const input = await c.req.json<Required<ScheduleInput>>();
      const id = scene.idOf(950 + made++);
      const more = {
        id,
        active: true,
        nextAt: "2026-11-24T05:00:00.000Z",
        createdAt: AT,
        lastJobId: null,
        stopped: null,
      };
      schedules.set(id, { ...input, ...more });
      return c.json(schedules.get(id), 201);
    })
    .patch("/schedules/:id", async (c) => {
      const known = schedules.get(c.req.param("id"));
      const change = await c.req.json<ScheduleChange>();
      const stopped = change.active ? null : (known?.stopped ?? null);
      if (known) schedules.set(known.id, { ...known, ...change, stopped });
      return c.json(schedules.get(c.req.param("id")), 200);
    })
    .delete("/schedules/:id", (c) => {
      schedules.delete(c.req.param("id"));
      return c.body(null, 204);
    });
}
