import { z } from "zod";
import { id, instant, language } from "./common.ts";

/** A team as the admin governs it. `listening`: its PCs may write down what is said in calls. */
export const team = z.object({
  id,
  name: z.string(),
  site: z.string(),
  listening: z.boolean(),
  /** Who switched it last, by name, and when; null while nobody has. */
  listeningChangedBy: z.string().nullable(),
  listeningChangedAt: instant.nullable(),
});
export type Team = z.infer<typeof team>;

export const teamChange = z.object({ listening: z.boolean() });

/** Whether an agent's PC may write down what is said, and in which language; off until an admin turns it on. */
export const listening = z.object({ allowed: z.boolean(), language });
export type Listening = z.infer<typeof listening>;
