import { z } from "zod";
import { id, page } from "./common.ts";
import type { Endpoint } from "./endpoint.ts";
import { exportInput, job, jobFilter } from "./jobs.ts";
import { schedule, scheduleChange, scheduleInput } from "./schedules.ts";

const ofId = z.object({ id });

/** What takes longer than a request, and what came of it. */
export const jobEndpoints: Endpoint[] = [
  {
    method: "post",
    path: "/api/exports",
    summary: "Ask for an export of what one sees: a job, whose file is a workbook, CSV, or ZIP of workbooks",
    who: "signed in",
    body: exportInput,
    status: 201,
    response: job,
  },
  {
    method: "get",
    path: "/api/jobs",
    summary: "One's own jobs, and reports of teams that one supervises, newest first",
    who: "signed in",
    query: jobFilter,
    status: 200,
    response: page(job),
  },
  {
    method: "get",
    path: "/api/jobs/:id",
    summary: "How far a job is",
    who: "signed in",
    params: ofId,
    status: 200,
    response: job,
  },
  {
    method: "delete",
    path: "/api/jobs/:id",
    summary: "Cancel a job of one's own; one that has ended goes with its file",
    who: "signed in",
    params: ofId,
    status: 204,
  },
  {
    method: "get",
    path: "/api/jobs/:id/file",
    summary: "What came of it",
    who: "signed in",
    params: ofId,
    status: 200,
    response: "file",
  },
  {
    method: "get",
    path: "/api/schedules",
    summary: "One's own reports that make themselves",
    who: "supervisor",
    status: 200,
    response: page(schedule),
  },
  {
    method: "post",
    path: "/api/schedules",
    summary: "An export of each day, week or month, made at six in the morning",
    who: "supervisor",
    body: scheduleInput,
    status: 201,
    response: schedule,
  },
  {
    method: "patch",
    path: "/api/schedules/:id",
    summary: "Change, pause or resume one",
    who: "supervisor",
    params: ofId,
    body: scheduleChange,
    status: 200,
    response: schedule,
  },
  {
    method: "delete",
    path: "/api/schedules/:id",
    summary: "Make it no more; what it has made stays",
    who: "supervisor",
    params: ofId,
    status: 204,
  },
];
