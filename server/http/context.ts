import type { Language, Role } from "#contract";

/** Who does something: a person in a browser, a paired PC, or the copilot panel that a paired PC opened. */
export type Actor = {
  kind: "browser" | "device" | "panel";
  userId: string;
  name: string;
  role: Role;
  teamId: string;
  /** The teams that a supervisor sees, their own one among them; for others just their own. */
  teamIds: readonly string[];
  siteId: string;
  language: Language;
};

/** What the middlewares put into each request. */
export type Env = {
  Variables: { actor: Actor; language: Language };
};
