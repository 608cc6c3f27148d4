import { z } from "zod";

/** Work that takes longer than a request. */
export const jobKind = z.enum(["export", "recordings_zip", "expediente", "erasure"]);
export type JobKind = z.infer<typeof jobKind>;
export const jobState = z.enum(["queued", "running", "done", "failed", "cancelled"]);
export type JobState = z.infer<typeof jobState>;
/** How often a report is made by itself: each morning, Monday, or first of the month. */
export const reportPeriod = z.enum(["daily", "weekly", "monthly"]);
export type ReportPeriod = z.infer<typeof reportPeriod>;
