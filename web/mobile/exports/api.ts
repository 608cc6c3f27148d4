import type { ExportInput, Job, Page, Schedule, ScheduleChange, ScheduleInput } from "#contract";
import { json, request } from "../../api.ts";

/** The server's routes of exports, their jobs and schedules. */
export const exportsApi = {
  ask: (input: ExportInput) => json<Job>("POST", "/api/exports", input),
  jobs: async () => (await json<Page<Job>>("GET", "/api/jobs?kind=export")).items,
  /** Cancels one that runs; one that has ended goes with its file. */
  drop: (id: string) => request("DELETE", `/api/jobs/${id}`),
  schedules: async () => (await json<Page<Schedule>>("GET", "/api/schedules")).items,
  add: (input: ScheduleInput) => json<Schedule>("POST", "/api/schedules", input),
  change: (id: string, change: ScheduleChange) => json<Schedule>("PATCH", `/api/schedules/${id}`, change),
  remove: (id: string) => request("DELETE", `/api/schedules/${id}`),
};

/** Where the browser downloads a made export from. */
export const fileUrl = (id: string): string => `/api/jobs/${id}/file`;
export const underWay = ({ state }: Job): boolean => state === "queued" || state === "running";
