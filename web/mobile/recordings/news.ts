import type { Mark } from "#contract";

/** How many of these marks have words for the agent. */
export const commentsIn = (marks: Mark[]): number => marks.filter(({ text }) => text !== "").length;
