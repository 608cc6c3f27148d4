import { z } from "zod";
import { id, instant, language, line } from "./common.ts";

export const role = z.enum(["agent", "supervisor", "executive", "admin"]);
export type Role = z.infer<typeof role>;

const email = z.email().max(200);
/** At least 10 characters and nothing that is guessed first (the server knows which); no rules of composition. */
const newPassword = z.string().min(10).max(200);

/** A person who can sign in. `team` and `site` are names. */
export const user = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role,
  team: z.string(),
  site: z.string(),
  language,
  active: z.boolean(),
  /** Teams that a supervisor has besides `team`, by name. */
  teams: z.array(z.string()).default([]),
});
export type User = z.infer<typeof user>;

/** GET /api/me: the user, and what the pages need to know once. */
export const me = user.extend({ timeZone: z.string(), currency: z.string() });
export type Me = z.infer<typeof me>;

export const setupInput = z.object({
  token: z.string().max(200),
  name: line(80),
  email,
  password: newPassword,
});
export const loginInput = z.object({ email, password: z.string().max(200) });
/** One's own password: the one that holds, and the next one. */
export const passwordChange = z.object({ current: z.string().max(200), next: newPassword });
/** `code` is an admin's one-time code. */
export const passwordReset = z.object({ email, code: z.string().max(20), password: newPassword });
export const newUser = z.object({
  name: line(80),
  email,
  password: newPassword,
  role,
  team: line(60),
  site: line(60),
  language: language.default("es"),
  teams: z.array(line(60)).max(50).default([]),
});
export const userChange = newUser.partial().extend({
  language: language.optional(),
  teams: z.array(line(60)).max(50).optional(),
  active: z.boolean().optional(),
});

export const pairingCodeInput = z.object({ userId: id });
/** `code` is eight letters and digits in two groups, `K7M4-29QX`; it works once. */
export const pairingCode = z.object({ code: z.string(), expiresAt: instant });
export type PairingCode = z.infer<typeof pairingCode>;
export const pairInput = z.object({ code: z.string().max(20), device: line(80) });
/** The device's bearer token is shown this once. */
export const pairing = z.object({ token: z.string(), agent: user });
export type Pairing = z.infer<typeof pairing>;

export const panelTicket = z.object({ ticket: z.string(), expiresAt: instant });
export type PanelTicket = z.infer<typeof panelTicket>;
