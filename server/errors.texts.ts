import { access } from "./errors/access.texts.ts";
import { calls } from "./errors/calls.texts.ts";
import { copilot } from "./errors/copilot.texts.ts";
import { jobs } from "./errors/jobs.texts.ts";
import { recordings } from "./errors/recordings.texts.ts";
import { requests } from "./errors/requests.texts.ts";

/** Every error a client can meet, by its code: its status, and what it says in both languages. */
export const texts = { ...requests, ...access, ...calls, ...recordings, ...copilot, ...jobs };

export type ErrorCode = keyof typeof texts;
