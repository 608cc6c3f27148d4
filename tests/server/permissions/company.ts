import assert from "node:assert/strict";
import { v7 as uuidv7 } from "uuid";
import type { AgentDay, Job, MadeApiKey, Role, Session } from "#contract";
import { scheduleQueries } from "../../../server/schedules/queries.ts";
import { eventually } from "../../support/eventually.ts";
import { answer, callEnd, callStart, testServer, type Client } from "../../support/server.ts";
import { contentDigest, toneWav } from "../../support/wav.ts";
import { NOON, type Named, type Thing, type Wav, type Who } from "./table.ts";

/** Somebody of the company, with the PC that their things come from. */
export type Person = { key: string; role: Role; team: string; site: string; pc: Client; id: string };

const HOUR = 3_600_000;
/** Things of the doors rather than of the work. */
type AccessThing = "session" | "userSession" | "key";

/** Stands in the name of each thing, so that it is found wherever it comes out. */
export const markOf = (kind: "call" | "contact", owner: Person): string => `Zz${kind}${owner.key}`;

/** Three teams at two sites, with everybody's calls, recordings, transcripts, contacts, states and asks. */
export async function smallCompany(options: Parameters<typeof testServer>[0] = {}) {
  const server = await testServer(options);
  server.setNow(NOON);
  const wav = toneWav(0.1);
  let made = 0;

  async function person(key: string, role: Role, team = "Norte", site = "Madrid"): Promise<Person> {
    const id = await server.person(role, { name: `${key} de ${team}`, team, site });
    return { key, role, team, site, id, pc: await server.session(id, "device") };
  }
  const people = {
    maria: await person("Maria", "agent"),
    luis: await person("Luis", "supervisor"),
    elena: await person("Elena", "executive"),
    ana: await person("Ana", "admin"),
    /** Owns what is the team's. */
    pablo: await person("Pablo", "agent"),
    /** Own what is another team's: at the same site, and elsewhere. */
    carla: await person("Carla", "agent", "Centro"),
    eva: await person("Eva", "agent", "Sur", "Sevilla"),
  };
  const { maria, luis, elena, ana } = people;
  const ACTORS: Record<Who, [Person, "browser" | "device" | "panel"]> = {
    nobody: [maria, "browser"],
    agent: [maria, "browser"],
    supervisor: [luis, "browser"],
    executive: [elena, "browser"],
    admin: [ana, "browser"],
    device: [maria, "device"],
    panel: [maria, "panel"],
    adminPc: [ana, "device"],
  };

  /** One request that must succeed while a thing is made. */
  async function done<T>(client: Client, method: string, path: string, body?: unknown, headers = {}) {
    const got = await answer<T>(client.request(method, path, body, headers));
    assert.ok(got.status < 300, `${method} ${path}: ${JSON.stringify(got)}`);
    return got.body;
  }
  /** Signs in for each request: the rows that sign people out do not leave it outside. */
  const admin: Client = {
    userId: ana.id,
    request: async (...asked) => (await server.session(ana.id, "browser")).request(...asked),
  };
  const { items } = await done<{ items: { id: string; name: string }[] }>(admin, "GET", "/api/teams");
  const teamIds = new Map(items.map(({ id, name }) => [name, id]));
  for (const id of teamIds.values()) await done(admin, "PATCH", `/api/teams/${id}`, { listening: true });

  const named = (owner: Person, id: string, params: Record<string, string> = {}): Named => {
    return { id, team: owner.team, site: owner.site, params: { id, callId: id, n: "0", ...params } };
  };
  const putPart = (owner: Person, id: string, { bytes }: Wav) =>
    done(
      owner.pc,
      "PUT",
      `/api/recordings/${id}/parts/0`,
      bytes,
      contentDigest(bytes as Uint8Array<ArrayBuffer>),
    );

  async function openCall(owner: Person): Promise<Named> {
    // each a little later than the one before, and all of them over before the lists are read
    const at = new Date(server.now().getTime() - 2 * HOUR + ++made * 1000);
    const start = callStart(at, { contact: { name: markOf("call", owner) } });
    await done(owner.pc, "POST", "/api/calls/start", start);
    await putPart(owner, start.id, wav);
    return { ...named(owner, start.id), wav };
  }

  /** Does in the owner's name what agents may not: for theirs, an admin does it. */
  const office = async (owner: Person): Promise<Client> =>
    owner.role === "agent" ? admin : server.session(owner.id, "browser");
  async function mark(owner: Person, by: Client): Promise<Named> {
    const [call, id] = [await makeWork.call(owner), uuidv7()];
    await done(by, "POST", `/api/recordings/${call.id}/marks`, { id, kind: "flag", atMs: 0 });
    return named(owner, id, { callId: call.id });
  }

  const makeWork: Record<Exclude<Thing, AccessThing>, (owner: Person) => Promise<Named>> = {
    openCall,
    async call(owner) {
      const call = await openCall(owner);
      const at = new Date(server.now().getTime() - 2 * HOUR + made * 1000);
      await done(owner.pc, "POST", "/api/calls/end", callEnd({ ...callStart(at), id: call.id }, 1));
      const callbackAt = new Date(server.now().getTime() + HOUR).toISOString();
      const notes = markOf("call", owner);
      await done(owner.pc, "PATCH", `/api/calls/${call.id}`, { disposition: "follow_up", notes, callbackAt });
      await done(owner.pc, "POST", `/api/recordings/${call.id}`, { parts: 1, metadata: wav.metadata });
      const line = { n: 0, side: "customer", text: markOf("call", owner), fromMs: 0, toMs: 90 };
      const lines = { engine: "vosk", model: "es", lines: [line] };
      await done(owner.pc, "POST", `/api/transcripts/${call.id}`, lines);
      return call;
    },
    async heldCall(owner) {
      const call = await makeWork.call(owner);
      await done(await office(owner), "POST", `/api/recordings/${call.id}/hold`, { why: "Juicio" });
      return call;
    },
    async trashedCall(owner) {
      const call = await makeWork.call(owner);
      await done(admin, "DELETE", `/api/recordings/${call.id}`);
      return call;
    },
    mark: (owner) => mark(owner, owner.pc),
    remark: (owner) => mark(owner, admin),
    async clip(owner) {
      const [call, id] = [await makeWork.call(owner), uuidv7()];
      const input = { id, title: "Ejemplo", fromMs: 0, toMs: 1000 };
      await done(await office(owner), "POST", `/api/recordings/${call.id}/clips`, input);
      return named(owner, id, { callId: call.id });
    },
    async filter(owner) {
      const id = uuidv7();
      const browser = await server.session(owner.id, "browser");
      await done(browser, "PUT", `/api/filters/${id}`, { name: id, filter: {} });
      return named(owner, id);
    },
    async contact(owner) {
      const id = uuidv7();
      await done(owner.pc, "POST", "/api/contacts", { id, name: markOf("contact", owner) });
      return named(owner, id);
    },
    agent: (owner) => Promise.resolve(named(owner, owner.id)),
    async state(owner) {
      // before the calls: one that goes on hides what is declared during it
      const at = new Date(server.now().getTime() - 6 * HOUR + ++made * 1000).toISOString();
      await done(owner.pc, "POST", "/api/agents/me/state", { state: "available", at });
      const day = await done<AgentDay>(owner.pc, "GET", `/api/agents/${owner.id}/day`);
      const stateId = day.stretches.findLast((stretch) => stretch.stateId !== null)?.stateId;
      return named(owner, owner.id, { stateId: stateId ?? assert.fail("no state was kept") });
    },
    team: (owner) => Promise.resolve(named(owner, teamIds.get(owner.team) ?? "")),
    async playbook(owner) {
      const [id, cardId] = [`fibra-${++made}`, `precio-${made}`];
      const about = {
        name: "Fibra",
        language: "es",
        industry: "telecom",
        product: "Fibra",
        about: ["fibra"],
      };
      await done(admin, "POST", "/api/playbooks", { id, ...about });
      const card = {
        kind: "price",
        title: "Precio",
        objection: "Es caro",
        answer: "Lo entiendo.",
        version: 0,
      };
      await done(admin, "PUT", `/api/playbooks/${id}/cards/${cardId}`, card);
      return named(owner, id, { cardId });
    },
    async job(owner) {
      const browser = await server.session(owner.id, "browser");
      const filters = { from: "2026-11-25", to: "2026-11-25" };
      const { id } = await done<Job>(browser, "POST", "/api/exports", { kind: "agents", filters });
      await eventually("the export", async () => {
        return (await done<Job>(browser, "GET", `/api/jobs/${id}`)).state === "done";
      });
      return named(owner, id);
    },
    /** Of the owner's team, made for the executive. */
    async teamReport(owner) {
      const [asker, id] = [await server.rooms.auth.standing(elena.id), teamIds.get(owner.team)];
      const filters = { from: "2026-11-25", to: "2026-11-25", scope: `team:${owner.team}` };
      const wanted = { kind: "agents", format: "csv", filters } as const;
      const schedule = { scheduleId: uuidv7(), report: "Equipo", teamId: id };
      const job = await server.rooms.exports.ask(asker ?? assert.fail(), wanted, "es", schedule);
      await eventually("the report", async () => {
        const browser = await server.session(elena.id, "browser");
        return (await done<Job>(browser, "GET", `/api/jobs/${job.id}`)).state === "done";
      });
      return named(owner, job.id);
    },
    async schedule(owner) {
      const id = uuidv7();
      const input = { kind: "calls", format: "xlsx", filters: {}, language: "es", stopped: null };
      const row = { id, userId: owner.id, name: "Ventas", period: "daily", input, active: true } as const;
      const at = server.now();
      await scheduleQueries(server.deps.store).add({ ...row, createdAt: at, nextAt: at, lastJobId: null });
      return named(owner, id);
    },
    async ask(owner) {
      const id = uuidv7();
      const asked = await owner.pc.request("POST", "/api/copilot/ask", { id, text: "es muy caro" });
      await asked.text();
      return named(owner, id);
    },
  };

  /** A browser in which somebody has just signed in, by its id in the list. */
  async function sessionId(owner: Person): Promise<string> {
    const client = await server.session(owner.id, "browser");
    const path = "/api/me/sessions";
    const { items } = await done<{ items: Session[] }>(client, "GET", path);
    return items.find(({ current }) => current)?.id ?? assert.fail("it is not listed");
  }
  const make: Record<Thing, (owner: Person) => Promise<Named>> = {
    ...makeWork,
    session: async (owner) => named(owner, await sessionId(owner)),
    userSession: async (owner) => named(owner, owner.id, { sessionId: await sessionId(owner) }),
    async key(owner) {
      const { id } = await done<MadeApiKey>(admin, "POST", "/api/keys", {
        name: "x",
        scopes: ["calls:read"],
      });
      return named(owner, id);
    },
  };

  const shared = new Map<string, Promise<Named>>();
  return {
    server,
    people,
    /** The person behind each of WHO. */
    personOf: (who: Who): Person => ACTORS[who][0],
    /** Somebody who has just signed in, so that whoever signs out leaves nobody else outside. */
    async sessionOf(who: Who): Promise<Client> {
      const [{ id }, kind] = ACTORS[who];
      return who === "nobody" ? server.anonymous : server.session(id, kind);
    },
    /** A thing of this person's. One that the request may change is made for it alone. */
    thing(kind: Thing, owner: Person, fresh: boolean): Promise<Named> {
      if (fresh) return make[kind](owner);
      const key = `${kind} ${owner.key}`;
      const known = shared.get(key) ?? make[kind](owner);
      shared.set(key, known);
      return known;
    },
    /** Names like one of this kind, and nothing has it. */
    absent(kind: Thing): Named {
      const id = kind === "playbook" ? "nada" : uuidv7();
      const params = { id, callId: id, n: "0", stateId: uuidv7(), sessionId: uuidv7(), cardId: "nada" };
      return { id, params, team: "Nadie", site: "Ninguna", wav };
    },
  };
}
export type Company = Awaited<ReturnType<typeof smallCompany>>;
