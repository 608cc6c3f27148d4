import type { ExportInput, Job, Page, Schedule, ScheduleChange, ScheduleInput } from "#contract";
import { json, request } from "../../api.ts";

/** The server's routes of exports and of those that make themselves. */
export const exportsApi = {
  ask: (input: ExportInput) => json<Job>("POST", "/api/exports", input),
  schedules: async () => (await json<Page<Schedule>>("GET", "/api/schedules")).items,
  add: (input: ScheduleInput) => json<Schedule>("POST", "/api/schedules", input),
  change: (id: string, change: ScheduleChange) => json<Schedule>("PATCH", `/api/schedules/${id}`, change),
  remove: (id: string) => request("DELETE", `/api/schedules/${id}`),
};
