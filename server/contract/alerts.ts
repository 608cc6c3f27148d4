import { z } from "zod";

/** Rules of which a board tells. */
export const alertKind = z.enum([
  "long_call",
  "long_wait",
  "long_wrap_up",
  "long_pause",
  "no_capture",
  "nobody_available",
  "goal_reached",
  "callback_due",
]);
export type AlertKind = z.infer<typeof alertKind>;

const minutes = z.number().min(0.5).max(600).nullable();
const limit = z
  .object({ warn: minutes, bad: minutes })
  .refine(({ warn, bad }) => warn === null || bad === null || warn <= bad, {
    path: ["bad"],
    message: "not before the warning",
  });

/** Minutes in a state from which someone should look (`warn`) and must act (`bad`); null never. */
export const alertLimits = z.object({
  on_call: limit,
  available: limit,
  wrap_up: limit,
  paused: limit,
});
export type AlertLimits = z.infer<typeof alertLimits>;

export const mutedAlerts = z.object({ muted: z.array(alertKind).max(20) });
/** The company's limits, and what this person does not want to see. */
export const alerts = mutedAlerts.extend({ limits: alertLimits });
export type Alerts = z.infer<typeof alerts>;
