import type { Context } from "hono";
import type { ApiScope, Language, Role } from "#contract";

/** Who does something: a person in a browser, a paired PC, the panel that a paired PC opened, another program's key. */
export type Actor = {
  kind: "browser" | "device" | "panel" | "key";
  /** Of a key: which it is, and what it opens. `userId` is then who made it, or whose call it tells of. */
  keyId?: string;
  scopes?: readonly ApiScope[];
  userId: string;
  name: string;
  role: Role;
  teamId: string;
  /** The teams that a supervisor sees, their own one among them; for others just their own. */
  teamIds: readonly string[];
  siteId: string;
  language: Language;
  /** Where the request came from; null where that is not known. */
  address: string | null;
};

/** What the middlewares put into each request. */
export type Env = {
  Variables: { actor: Actor; language: Language };
};

/** Where a request comes from, as the runtime sees it; null where it does not tell. */
export type AddressOf = (c: Context) => string | null;
