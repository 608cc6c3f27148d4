// `npm run audit -- verify | head`: whether the audit's chain, and the recordings that it speaks of, are what was noted.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Link } from "../audit/chain.ts";
import { examineChain, examineRecordings, lastOf } from "../audit/examine.ts";
import { proveFolder, type Judge, type Placed, type Verdict } from "../audit/folder.ts";
import { headFiles, readHead } from "../audit/head.ts";
import { auditQueries } from "../audit/queries.ts";
import { readConfig } from "../config.ts";
import { exitAfter } from "./exit.ts";
import { open } from "../db/open.ts";
import { sidecarOf } from "../recordings/store.ts";
import { auditTexts } from "./audit.texts.ts";
import { readOptions } from "./options.ts";

const { values, positionals, language } = readOptions(
  { head: { type: "string" }, recordings: { type: "string" } },
  { es: auditTexts.es.usage, en: auditTexts.en.usage },
);
const texts = auditTexts[language];
const config = readConfig(process.env);
type Queries = ReturnType<typeof auditQueries>;

/** Something cannot be looked at; said without a stack. */
class Refusal extends Error {}

/** On a terminal only, in place of what was told before. */
const tell = (line: string): void => void (process.stderr.isTTY && process.stderr.write(`\r${line}\u001b[K`));

/** The file of a SQLite database that is not there: opening it would make an empty one. */
function absentDatabase(): string | null {
  const file = config.DATABASE_URL.replace(/^file:/, "");
  return config.DATABASE_URL.startsWith("postgres") || existsSync(file) ? null : file;
}

/** The head that was named, and those of the folder of data and its backups. */
async function heads(): Promise<Link[]> {
  const files = await headFiles(config.DATA_FOLDER);
  const found: Link[] = [];
  for (const file of values.head === undefined ? files : [...files, values.head]) {
    const head = await readHead(file).catch(() => {
      throw new Refusal(texts.brokenHead(file));
    });
    if (head) found.push(head);
    else if (file === values.head) throw new Refusal(texts.noHead(file));
  }
  return found;
}

/** Says what the chain is. @returns whether it is whole */
async function verifyChain(queries: Queries): Promise<boolean> {
  const published = await heads();
  const of = (await queries.head())?.n ?? 0;
  const reading = examineChain(queries, published);
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) tell(texts.reading(step.value, of));
  tell("");
  const { n, hash, fault, restored } = step.value;
  for (const { n: at, lost } of restored) console.log(texts.restored(at, lost.n));
  if (!fault) {
    console.log(n === 0 ? texts.empty : texts.chainWhole(n, hash));
    const kept = published.filter((head) => !restored.some((one) => one.n <= head.n && head.n <= one.lost.n));
    const numbers = [...new Set(kept.map((head) => head.n))].toSorted((a, b) => a - b);
    console.log(numbers.length === 0 ? texts.withoutHead : texts.heads(numbers.join(", ")));
    return true;
  }
  console.log(texts.fault[fault.kind](fault.n));
  const entry = await queries.byNumber(fault.n);
  if (entry)
    console.log(texts.now(Number.isNaN(entry.at.getTime()) ? "?" : entry.at.toISOString(), entry.action));
  if (n > 0) console.log(texts.provenUpTo(n, hash));
  console.log(texts.chainAdvice);
  return false;
}

/** Says whether the database's recordings are what the chain says. @returns whether they are */
async function verifyRecordings(queries: Queries): Promise<boolean> {
  const { proven, older, wrong, faults } = await examineRecordings(queries, new Date(), Infinity);
  console.log(texts.recordings(proven, older));
  if (wrong === 0) return true;
  console.log(texts.recordingsWrong(wrong));
  for (const { callId, kind } of faults) console.log(`  ${callId}: ${texts.recording[kind]}`);
  console.log(texts.recordingAdvice);
  return false;
}

/** What chain and database say of the recordings that lie in a folder. */
async function judgeOf(queries: Queries): Promise<Judge> {
  const [first] = await queries.following(0, 1);
  return async (sidecars) => {
    const ids = [...new Set(sidecars.map(({ says }) => says.callId))];
    const [known, rows] = await Promise.all([lastOf(queries, ids), queries.recorded(ids)]);
    const verdict = ({ file, says: { callId, sha256 } }: Placed): Verdict => {
      const [entry, row] = [known.get(callId), rows.get(callId)];
      // of when it is the sidecar says nothing that could not be forged
      const older = row !== undefined && (!first || row.storedAt < first.at);
      if (!entry && !older) return "unnoted";
      if (entry?.action === "recording_erased") return "erased";
      if ((entry ? entry.digest : row?.sha256) !== sha256) return "replaced";
      if (!row || sidecarOf(row.file) !== file) return "misplaced";
      return entry ? "proven" : "older";
    };
    return new Map(sidecars.map((one) => [one.file, verdict(one)]));
  };
}

/** Says which files of a folder are proven. @returns whether all are, and none that the database has is absent */
async function verifyFolder(folder: string, queries: Queries | null): Promise<boolean> {
  if (!existsSync(folder)) throw new Refusal(texts.noFolder(folder));
  let [proven, older, wrong] = [0, 0, 0];
  const say = (line: string): void => {
    wrong++;
    console.log(line);
  };
  for await (const { file, kind } of proveFolder(folder, queries && (await judgeOf(queries)))) {
    if (kind === "proven") proven++;
    else if (kind === "older") older++;
    else say(`✗ ${file}: ${texts.file[kind]}`);
    tell(texts.proving(proven + older + wrong));
  }
  tell("");
  for await (const file of queries ? filesOf(queries) : [])
    if (!existsSync(join(folder, file))) say(texts.absent(file));
  console.log(texts.folder(folder, proven));
  if (older > 0) console.log(texts.folderOlder(older));
  if (wrong === 0) return true;
  console.log(`${texts.folderWrong(wrong)}\n${texts.folderAdvice}`);
  return false;
}

/** Where the database's recordings should lie; those in the trash may be elsewhere. */
async function* filesOf(queries: Queries): AsyncGenerator<string> {
  for (let after = ""; ;) {
    const rows = await queries.recordings(after, 500);
    yield* rows.filter(({ trashedAt }) => trashedAt === null).map(({ file }) => file);
    const last = rows.at(-1);
    if (!last) return;
    after = last.callId;
  }
}

async function verify(): Promise<number> {
  const absent = absentDatabase();
  const folder = values.recordings;
  if (absent !== null) {
    if (folder === undefined) throw new Refusal(texts.noDatabase(absent));
    console.log(texts.onlyFolder(absent));
    return (await verifyFolder(folder, null)) ? 0 : 1;
  }
  const store = await open(config.DATABASE_URL);
  try {
    const queries = auditQueries(store);
    const whole = [await verifyChain(queries), await verifyRecordings(queries)];
    if (folder !== undefined) whole.push(await verifyFolder(folder, queries));
    return whole.every(Boolean) ? 0 : 1;
  } finally {
    await store.close();
  }
}

/** Prints the chain's newest entry, to be kept where nobody who can change the database can change it. */
async function head(): Promise<number> {
  const absent = absentDatabase();
  if (absent !== null) throw new Refusal(texts.noDatabase(absent));
  const store = await open(config.DATABASE_URL);
  const row = await auditQueries(store).head();
  await store.close();
  if (!row) throw new Refusal(texts.empty);
  console.log(JSON.stringify({ n: row.n, hash: row.hash, at: row.at.toISOString() }, null, 2));
  return 0;
}

async function main(): Promise<number> {
  const [command, ...rest] = positionals;
  if (command === "verify" && rest.length === 0) return verify();
  if (command === "head" && rest.length === 0) return head();
  console.error(texts.usage);
  return 2;
}

await exitAfter(main, (error) => (error instanceof Refusal ? 2 : 1));
