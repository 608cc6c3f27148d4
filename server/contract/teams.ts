import { z } from "zod";
import { id, instant, language } from "./common.ts";

/** What each agent of a team should reach in a day; null where there is no goal. */
export const goals = z.object({
  calls: z.int().min(1).max(1000).nullable(),
  sales: z.int().min(1).max(1000).nullable(),
});
export type Goals = z.infer<typeof goals>;

/** A team as the admin governs it. `listening`: its PCs may write down what is said in calls. */
export const team = z.object({
  id,
  name: z.string(),
  site: z.string(),
  listening: z.boolean(),
  /** Who switched it last, by name, and when; null while nobody has. */
  listeningChangedBy: z.string().nullable(),
  listeningChangedAt: instant.nullable(),
  goals,
});
export type Team = z.infer<typeof team>;

export const teamChange = z.object({ listening: z.boolean(), goals }).partial();
export type TeamChange = z.infer<typeof teamChange>;

/** Whether an agent's PC may write down what is said, and in which language; off until an admin turns it on. */
export const listening = z.object({ allowed: z.boolean(), language });
export type Listening = z.infer<typeof listening>;
