import { z } from "zod";
import { id, page } from "./common.ts";
import type { Endpoint } from "./endpoint.ts";
import { job, jobFilter } from "./jobs.ts";

const ofId = z.object({ id });

/** What takes longer than a request, and what came of it. */
export const jobEndpoints: Endpoint[] = [
  {
    method: "get",
    path: "/api/jobs",
    summary: "One's own jobs, newest first",
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
    summary: "Cancel a job; one that has ended goes with its file",
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
];
