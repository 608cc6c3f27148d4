import { z } from "zod";

export const component = z.enum(["ok", "down"]);
/** `ok` while calls can be taken: the database and the recordings folder work. */
export const health = z.object({
  status: z.enum(["ok", "down"]),
  version: z.string(),
  runtime: z.string(),
  components: z.object({ database: component, recordings: component, ollama: component }),
});
export type Health = z.infer<typeof health>;
