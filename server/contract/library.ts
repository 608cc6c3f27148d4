import { z } from "zod";

/** What a mark in a recording is: a bare flag, or a comment with words. */
export const markKind = z.enum(["flag", "comment"]);
export type MarkKind = z.infer<typeof markKind>;
/** How a recording's file is stored. FLAC loses nothing; Opus does. */
export const audioFormat = z.enum(["wav", "flac", "opus"]);
export type AudioFormat = z.infer<typeof audioFormat>;
