import { endpoints, type Endpoint } from "#contract";

/** Now, for the whole table. */
export const NOON = new Date("2026-11-25T12:00:00Z");

/** Everybody who can send a request. `adminPc` is a PC that was paired by somebody with more rights than an agent. */
export const WHO = [
  "nobody",
  "agent",
  "supervisor",
  "executive",
  "admin",
  "device",
  "panel",
  "adminPc",
] as const;
export type Who = (typeof WHO)[number];
/** Whose the thing is that the request names, as seen by who sends it. `other` is another team, here or at another site. */
export const WHOSE = ["own", "team", "other", "absent"] as const;
export type Whose = (typeof WHOSE)[number];

/** A status; `ok` is the one that the contract names for success. */
export type Cell = number | "ok";
/** One cell for each of WHOSE, or the same for all of them. */
export type Cells = Cell | readonly [own: Cell, team: Cell, other: Cell, absent: Cell];

/** What a path, query or body can name. `tests/server/permissions/company.ts` makes one of each. */
export const THINGS = [
  "call",
  "openCall",
  "heldCall",
  "trashedCall",
  "mark",
  "remark",
  "clip",
  "filter",
  "contact",
  "agent",
  "state",
  "team",
  "playbook",
  "ask",
  "session",
  "userSession",
  "key",
  "job",
  "teamReport",
  "schedule",
] as const;
export type Thing = (typeof THINGS)[number];

/** What a request needs to know of a thing: `params` fill the path, by their names there. */
export type Named = { id: string; params: Record<string, string>; team: string; site: string; wav?: Wav };
export type Wav = { bytes: Uint8Array; metadata: object };
export type Sent = { query?: string; body?: unknown; headers?: Record<string, string> };

export type Row = {
  /** The thing that the request names. Without it the answer does not depend on whose anything is. */
  of?: Thing;
  /** The answer is a list: it has exactly those of this kind that SEES says. */
  lists?: "call" | "contact";
  /** Query, body and headers with which it succeeds. */
  send?: (named: Named) => Sent;
  /** Cells that differ from what the endpoint's `who` and the thing say. */
  but?: Partial<Record<Who, Cells>>;
};
export type Rows = Record<string, Row | readonly Row[]>;

export const OWN = ["ok", 404, 404, 404] as const;
export const TEAM = ["ok", "ok", 404, 404] as const;
export const ALL = ["ok", "ok", "ok", 404] as const;
export const NONE = [404, 404, 404, 404] as const;
/** Seen as far as the role goes, and only one's own to change. */
export const OWNED = ["ok", 403, 403, 404] as const;
export const OWNED_TEAM = ["ok", 403, 404, 404] as const;

/** Not even an admin gets at what is in the trash, unless it is brought back. */
export const IN_TRASH: Row = { of: "trashedCall", but: { admin: NONE } };

const same = (cells: Cells): Record<Who, Cells> =>
  Object.fromEntries(WHO.map((who) => [who, cells])) as Record<Who, Cells>;

const byRole: Record<Who, Cells> = { ...same(OWN), supervisor: TEAM, executive: ALL, admin: ALL };
/** How far each one reaches where the route lets them in at all. */
const REACH: Record<Thing, Record<Who, Cells>> = {
  call: byRole,
  openCall: same(OWN),
  heldCall: byRole,
  // in the trash it is out of everybody's sight, and an admin's to bring back
  trashedCall: { ...same(NONE), admin: ALL },
  mark: { ...same(OWN), supervisor: OWNED_TEAM, executive: OWNED, admin: OWNED },
  // an admin's, in anybody's recording
  remark: {
    ...same([403, 404, 404, 404]),
    supervisor: [403, 403, 404, 404],
    executive: [403, 403, 403, 404],
    admin: ALL,
    adminPc: OWN,
  },
  clip: byRole,
  filter: same(OWN),
  // the whole team calls a contact back
  contact: { ...same(TEAM), executive: ALL, admin: ALL },
  agent: byRole,
  state: byRole,
  team: { ...same(NONE), supervisor: TEAM, executive: ALL, admin: ALL },
  // the company's
  playbook: same(ALL),
  // told by who asked
  ask: same(OWN),
  // one's own, and with the person in the path an admin's
  session: same(OWN),
  userSession: same(ALL),
  key: same(ALL),
  // seen in a browser, by whom it is for
  job: { ...same(OWN), device: NONE, panel: NONE, adminPc: NONE },
  // made for somebody else: who supervises its team finds it too
  teamReport: { ...same(NONE), supervisor: TEAM, executive: ALL },
  schedule: same(OWN),
};

/** Whose calls and contacts an answer may show, also one that is not about them. */
const none: readonly Whose[] = [];
const own: readonly Whose[] = ["own"];
const team: readonly Whose[] = ["own", "team"];
const all: readonly Whose[] = ["own", "team", "other"];
export const SEES: Record<"call" | "contact", Record<Who, readonly Whose[]>> = {
  call: {
    nobody: none,
    agent: own,
    supervisor: team,
    executive: all,
    admin: all,
    device: own,
    panel: own,
    adminPc: own,
  },
  contact: {
    nobody: none,
    agent: team,
    supervisor: team,
    executive: all,
    admin: all,
    device: team,
    panel: team,
    adminPc: team,
  },
};

const signedIn = WHO.filter((who) => who !== "nobody");
/** Whom a route lets in, by the contract's word for it. */
export const ADMITS: Record<Endpoint["who"], readonly Who[]> = {
  anyone: WHO,
  "signed in": signedIn,
  device: ["device", "adminPc"],
  supervisor: ["supervisor", "executive", "admin"],
  admin: ["admin"],
};

/** The endpoint of `GET /api/calls/:id`. */
export const endpointOf = (route: string): Endpoint | undefined =>
  endpoints.find(({ method, path }) => `${method.toUpperCase()} ${path}` === route);

/** What a request must be answered with. */
export function expected(endpoint: Endpoint, row: Row, who: Who, whose: Whose): number {
  const admitted = ADMITS[endpoint.who].includes(who);
  const refusal = who === "nobody" ? 401 : 403;
  const cells = row.but?.[who] ?? (admitted ? (row.of ? REACH[row.of][who] : "ok") : refusal);
  const cell = typeof cells === "object" ? (cells[WHOSE.indexOf(whose)] ?? "ok") : cells;
  return cell === "ok" ? endpoint.status : cell;
}
