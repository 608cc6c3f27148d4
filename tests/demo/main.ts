// `npm run demo`: a made-up call centre at work, on its own server, database and folder.
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import type { Call, Page } from "#contract";
import { root, startServer } from "../support/process.ts";
import { work } from "./agent.ts";
import { ADMIN, AGENTS, SHOWN_AGENT, TEAMS, TIME_ZONE, type Campaign } from "./cast.ts";
import { chance } from "./chance.ts";
import { found } from "./company.ts";
import { bytesIn, databaseIn, ownFolder, readKept, recordingsIn, writeKept, type Kept } from "./kept.ts";
import { recorder, type Recorder } from "./recorder.ts";
import { STAND_IN, standIn } from "./stand-in.ts";
import { demoTexts } from "./texts.ts";
import { asBrowser, asDevice, signedIn, type Ask } from "./wire.ts";
import { writePast } from "./write-past.ts";

const { values } = parseArgs({
  options: {
    fresh: { type: "boolean", default: false },
    folder: { type: "string", default: join(root, "demo-data") },
    language: { type: "string", default: "es" },
  },
});
const texts = demoTexts[values.language === "en" ? "en" : "es"];
const { folder } = values;
const ending = new AbortController();
const { signal } = ending;
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => ending.abort());

/** Whether a demo has this folder now. */
async function runs({ run }: Kept): Promise<boolean> {
  if (!run) return false;
  try {
    process.kill(run.pid, 0);
    return (await fetch(`${run.url}/health`)).ok;
  } catch {
    return false;
  }
}

/** The first port from `wanted` on that nobody listens on. */
async function freePort(wanted: number): Promise<number> {
  const free = await new Promise<boolean>((resolve) => {
    const trial = createServer().once("error", () => resolve(false));
    trial.listen(wanted, "127.0.0.1", () => trial.close(() => resolve(true)));
  });
  return free ? wanted : freePort(wanted + 1);
}

/** The real server on the demo's own data, on this machine only, whatever the environment says. */
const server = (port: number, ollama: string) =>
  startServer(folder, {
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: `file:${databaseIn(folder)}`,
    RECORDINGS_URL: `file:${recordingsIn(folder)}`,
    DATA_FOLDER: join(folder, "data"),
    LOG_FILE: join(folder, "server.log"),
    OLLAMA_URL: ollama,
    OLLAMA_MODEL: STAND_IN,
    TIME_ZONE,
    CURRENCY: "EUR",
    TLS_CERT: "",
    TLS_KEY: "",
    PUBLIC_URL: "",
  });

/** Of the calls before anybody works, the newest that could have a recording: whoever works keeps their own. */
async function latestOf(admin: Ask): Promise<Call[]> {
  const { items } = await admin<Page<Call>>("GET", "/api/calls?limit=60");
  const wanted = items.filter(
    ({ endedAt, recorded, talkSeconds }) => endedAt !== null && !recorded && (talkSeconds ?? 0) > 40,
  );
  return wanted.slice(0, 16);
}

/** Records calls that are over, so that there is something to hear at once. */
async function record(calls: Call[], devices: Map<string, Ask>, tape: Recorder): Promise<void> {
  for (const call of calls) {
    const device = devices.get(call.agentId);
    const agent = AGENTS.find(({ name }) => name === call.agentName);
    if (signal.aborted || !device || !agent) return;
    await tape.keep(device, agent, {
      id: call.id,
      campaign: call.campaign as Campaign,
      disposition: (call.disposition ?? "other") as never,
      seconds: call.talkSeconds ?? 0,
      customer: call.contact.name ?? undefined,
    });
  }
}

function greet(url: string, { people }: Kept): void {
  const shown = people.filter(({ role, name }) => role !== "agent" || name === SHOWN_AGENT);
  console.log(`\n${texts.open(`${url}/mobile`)}\n`);
  for (const { role, name, email, password } of shown.toSorted((a, b) => order(a.role) - order(b.role)))
    console.log(`  ${texts.roles[role].padEnd(15)} ${name.padEnd(14)} ${email.padEnd(30)} ${password}`);
  console.log(`\n${texts.standIn(STAND_IN)}\n${texts.folder(relative(process.cwd(), folder) || ".")}\n`);
}
const order = (role: string): number => ["supervisor", "executive", "agent", "admin"].indexOf(role);

/** Everybody works until the demo is to end. */
async function play(url: string, kept: Kept, freeSince: Date | null): Promise<void> {
  const trouble = (error: unknown): void => {
    if (!signal.aborted) console.error((error as Error).message);
  };
  const tape = recorder(await bytesIn(recordingsIn(folder)), () => console.log(texts.full));
  const devices = new Map(Object.entries(kept.tokens).map(([id, token]) => [id, asDevice(url, token)]));
  const personNamed = (name: string) => kept.people.find((person) => person.name === name);
  const cookie = await signedIn(url, "/api/login", personNamed(ADMIN) ?? {});
  const latest = await latestOf(asBrowser(url, cookie));
  const working = AGENTS.map((agent) => {
    const device = devices.get(personNamed(agent.name)?.id ?? "");
    if (!device) throw new Error(`${agent.name} has no PC`);
    const by = chance(`${agent.name} ${new Date().toISOString()}`);
    return work(agent, { device, recorder: tape, by, signal, trouble }, freeSince);
  });
  greet(url, kept);
  record(latest, devices, tape).catch(trouble);
  await Promise.all(working);
}

async function main(): Promise<void> {
  const before = readKept(folder);
  if (before && (await runs(before))) throw new Error(texts.running(`${before.run?.url}/mobile`));
  let kept = await ownFolder(folder, values.fresh, texts.taken(folder));
  console.log(texts.title(AGENTS.length, TEAMS.length));
  const wanted = Number(process.env["PORT"] || 5000);
  const port = await freePort(wanted);
  if (port !== wanted) console.log(texts.portTaken(wanted, port));
  const ollama = await standIn();
  if (!kept) {
    console.log(texts.founding);
    const empty = await server(port, ollama.url);
    try {
      kept = await found(empty.url, empty.setupToken);
    } finally {
      await empty.stop();
    }
    await writeKept(folder, kept);
  }
  const past = await writePast(databaseIn(folder), new Date());
  if (past.calls > 0) console.log(texts.past(past.calls.toLocaleString(values.language)));
  const running = await server(port, ollama.url);
  try {
    await writeKept(folder, { ...kept, run: { pid: process.pid, url: running.url } });
    await play(running.url, kept, past.until);
  } finally {
    await running.stop();
    await ollama.close();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(signal.aborted ? "" : (error as Error).message);
  process.exit(signal.aborted ? 0 : 1);
}
