/** The wire: zod schemas and types, shared by server, tray, web (types only) and tests. */
export * from "./agents.ts";
export * from "./auth.ts";
export * from "./calls.ts";
export * from "./common.ts";
export * from "./copilot.ts";
export * from "./digits.ts";
export * from "./endpoint.ts";
export * from "./endpoints.ts";
export * from "./health.ts";
export * from "./live.ts";
export * from "./playbooks.ts";
export * from "./recordings.ts";
export * from "./stats.ts";
export * from "./teams.ts";
export * from "./transcripts.ts";
