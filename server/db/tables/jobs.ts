import type { JobKind, JobState, ReportPeriod } from "#contract";
import type { sqlite } from "../dialects.ts";

/** Work that takes longer than a request, and what asks for it by the calendar. */
export function jobTables({ table, text, integer, flag, instant, json, index }: typeof sqlite) {
  const jobs = table(
    "jobs",
    {
      id: text("id").primaryKey(),
      kind: text("kind").$type<JobKind>().notNull(),
      state: text("state").$type<JobState>().notNull(),
      /** Whose it is; null for the program's own work. */
      userId: text("user_id"),
      /** What the kind needs to know, as its handler checks it. */
      input: json("input").$type<unknown>().notNull(),
      /** Steps done, and of how many where that is known. */
      done: integer("done").notNull().default(0),
      total: integer("total"),
      /** The file that came of it, below the jobs folder, under which name it is offered, and its digest. */
      file: text("file"),
      fileName: text("file_name"),
      bytes: integer("bytes"),
      sha256: text("sha256"),
      /** The code of the error that ended it. */
      error: text("error"),
      scheduleId: text("schedule_id"),
      createdAt: instant("created_at").notNull(),
      startedAt: instant("started_at"),
      endedAt: instant("ended_at"),
      /** When its file goes. */
      expiresAt: instant("expires_at"),
    },
    (jobs) => [
      index("jobs_by_user").on(jobs.userId, jobs.createdAt),
      index("jobs_by_state").on(jobs.state, jobs.createdAt),
    ],
  );

  /** Reports that are made by themselves. */
  const schedules = table(
    "schedules",
    {
      id: text("id").primaryKey(),
      userId: text("user_id").notNull(),
      name: text("name").notNull(),
      period: text("period").$type<ReportPeriod>().notNull(),
      /** What is exported: as a job's input, without its days. */
      input: json("input").$type<unknown>().notNull(),
      active: flag("active").notNull(),
      createdAt: instant("created_at").notNull(),
      nextAt: instant("next_at").notNull(),
      lastJobId: text("last_job_id"),
    },
    (schedules) => [index("schedules_by_next").on(schedules.nextAt)],
  );

  return { jobs, schedules };
}
