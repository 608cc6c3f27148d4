import { z } from "zod";

/** Whether the customer agreed to be recorded. `informed`: was told, and went on talking. */
export const consentState = z.enum(["unknown", "informed", "given", "refused"]);
export type ConsentState = z.infer<typeof consentState>;
