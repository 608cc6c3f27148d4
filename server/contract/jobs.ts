import { z } from "zod";
import { callFilter } from "./calls.ts";
import { day, id, instant } from "./common.ts";
import { scope } from "./stats.ts";

/** Work that takes longer than a request. */
export const jobKind = z.enum(["export", "recordings_zip", "expediente", "erasure"]);
export type JobKind = z.infer<typeof jobKind>;
export const jobState = z.enum(["queued", "running", "done", "failed", "cancelled"]);
export type JobState = z.infer<typeof jobState>;
/** How often a report is made by itself: each morning, Monday, or first of the month. */
export const reportPeriod = z.enum(["daily", "weekly", "monthly"]);
export type ReportPeriod = z.infer<typeof reportPeriod>;

/** A job as the person sees it who asked for it; nobody else does, but for a team's report its supervisors. */
export const job = z.object({
  id,
  kind: jobKind,
  state: jobState,
  /** Steps done, such as rows, and of how many where that is known. */
  done: z.int(),
  total: z.int().nullable(),
  /** Under which name its file is offered; null where none comes of it, or not yet known. */
  fileName: z.string().nullable(),
  bytes: z.int().nullable(),
  /** The code of the error that ended it. */
  error: z.string().nullable(),
  createdAt: instant,
  endedAt: instant.nullable(),
  /** When its file goes. */
  expiresAt: instant.nullable(),
  /** The schedule that asked for it. */
  scheduleId: id.nullable(),
  /** Of a team's report that its supervisor reads: who asked for it, by name; null for one's own. */
  by: z.string().nullable(),
});
export type Job = z.infer<typeof job>;

export const jobFilter = z.object({ kind: jobKind.optional() });

/** What can be exported: a row a call, agent, recording, question to the copilot, or stretch of time. */
export const exportKind = z.enum(["calls", "agents", "recordings", "ai", "time"]);
export type ExportKind = z.infer<typeof exportKind>;
export const exportFormat = z.enum(["xlsx", "csv"]);
export type ExportFormat = z.infer<typeof exportFormat>;

/** Which rows: days of the reader's time zone, both included, and what a call is like. */
export const exportFilters = callFilter
  .omit({ after: true, limit: true })
  .extend({ scope: scope.optional() });
export type ExportFilters = z.infer<typeof exportFilters>;

const spanOrder = ({ from, to }: { from: string; to: string }): boolean => from <= to;
export const exportInput = z.object({
  kind: exportKind,
  format: exportFormat.default("xlsx"),
  filters: exportFilters
    .extend({ from: day, to: day })
    .refine(spanOrder, { path: ["to"], message: "before from" }),
});
export type ExportInput = z.input<typeof exportInput>;
