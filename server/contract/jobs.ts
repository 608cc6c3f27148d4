import { z } from "zod";
import { id, instant } from "./common.ts";

/** Work that takes longer than a request. */
export const jobKind = z.enum(["export", "recordings_zip", "expediente", "erasure"]);
export type JobKind = z.infer<typeof jobKind>;
export const jobState = z.enum(["queued", "running", "done", "failed", "cancelled"]);
export type JobState = z.infer<typeof jobState>;
/** How often a report is made by itself: each morning, Monday, or first of the month. */
export const reportPeriod = z.enum(["daily", "weekly", "monthly"]);
export type ReportPeriod = z.infer<typeof reportPeriod>;

/** A job as the person sees it who asked for it; nobody else does. */
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
});
export type Job = z.infer<typeof job>;

export const jobFilter = z.object({ kind: jobKind.optional() });
