import { z } from "zod";

/** What another program's key may do. */
export const apiScope = z.enum([
  "calls:write",
  "calls:read",
  "recordings:read",
  "stats:read",
  "contacts:write",
]);
export type ApiScope = z.infer<typeof apiScope>;
