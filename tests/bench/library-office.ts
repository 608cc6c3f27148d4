import Sqlite from "better-sqlite3";
import { v7 as uuidv7 } from "uuid";
import { openSqlite } from "../../server/db/sqlite.ts";
import { placeOf } from "../../server/db/time.ts";
import { idAt } from "../../server/library/queries.ts";
import { findableWords } from "../../server/library/words.ts";

export type LibraryOffice = { recordings: number; agents: number; teams: number; days: number; now: Date };

const ZONE = "Europe/Madrid";
const FIRST =
  "María Lucía Carmen Ana Marta Diego Pablo Sofía Héctor Nerea Rosa Inés Jorge Óscar Teresa Consuelo Mario Marcos".split(
    " ",
  );
const LAST =
  "García Martínez López Sánchez Pérez Gómez Ruiz Díaz Moreno Álvarez Romero Navarro Torres Ramos Gil Serrano Blanco Molina Ortega Medina Iniesta Ibarra Salmerón Carrasco Cubillo Maldonado".split(
    " ",
  );
const CAMPAIGNS = ["Fibra", "Móvil", "Luz", "Seguros"];
const SYLLABLES = "ba ce di fo lu ma ne pi ro su ta ve ca per con mo tra ri do gue".split(" ");
const WAVEFORM = JSON.stringify([0, 1].map(() => Array.from({ length: 6 }, (_, i) => (i * 7) % 100)));
const GLANCE = JSON.stringify([0, 1].map(() => Array.from({ length: 28 }, (_, i) => (i * 7) % 100)));

/** Numbers that look like chance and are the same each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Words that nobody says, some in half of all calls and most in hardly any. */
export function spokenWords(): string[] {
  const random = chance(3);
  const word = () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => SYLLABLES[Math.floor(random() * 20)]).join("");
  return Array.from({ length: 6000 }, word);
}

/** A database of recorded calls, spread evenly over the days up to now: written straight into its tables. */
export async function fillLibrary(file: string, office: LibraryOffice): Promise<{ agentIds: string[] }> {
  const store = openSqlite(file);
  const { sites, teams, users } = store.tables;
  const ids = (n: number) => Array.from({ length: n }, () => uuidv7());
  const [siteId = "", ...teamIds] = ids(office.teams + 1);
  const agentIds = ids(office.agents);
  const random = chance(7);
  const pick = <T>(of: T[]): T => of[Math.floor(random() * of.length)] as T;
  const name = () => `${pick(FIRST)} ${pick(LAST)} ${pick(LAST)}`;
  const teamOf = (agent: number) => teamIds[agent % office.teams] ?? "";
  const person = { passwordHash: "", role: "agent", language: "es", active: true } as const;
  await store.together((db) => [
    db.insert(sites).values({ id: siteId, name: "Madrid", timeZone: ZONE }),
    db.insert(teams).values(teamIds.map((id, i) => ({ id, name: `Equipo ${i}`, siteId }))),
    db.insert(users).values(
      agentIds.map((id, i) => ({
        ...person,
        id,
        name: name(),
        email: `${i}@example.com`,
        teamId: teamOf(i),
        state: "available" as const,
        stateSince: office.now,
        createdAt: office.now,
      })),
    ),
  ]);
  await store.close();

  const client = new Sqlite(file);
  // nothing here has to survive a power cut
  for (const fast of ["journal_mode = OFF", "synchronous = OFF", "cache_size = -600000"]) client.pragma(fast);
  const memory = client.prepare("insert into recording_index (recording_index, rank) values ('hashsize', ?)");
  memory.run(134_217_728n);
  const call =
    client.prepare(`insert into calls (id, agent_id, team_id, site_id, started_at, received_at, clock_offset_ms,
    start_digest, direction, source, search_text, contact_name, contact_phone, campaign, ended_at, talk_seconds, outcome,
    disposition, contacted, sold, notes, ai_asks) values (?, ?, ?, ?, ?, ?, 0, '', 'outbound', 'softphone', '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const recording =
    client.prepare(`insert into recordings (call_id, agent_id, file, bytes, sha256, sample_rate, channels,
    bits_per_sample, duration_seconds, gaps, peaks, glance, started_at, stored_at) values (?, ?, ?, ?, '', 44100, 2, 16, ?, '[]', ?, ?, ?, ?)`);
  const words = client.prepare(
    "insert into recording_words (id, call_id, agent_id, month, seconds, bytes, words) values (?, ?, ?, ?, ?, ?, ?)",
  );
  const mark = client.prepare(
    "insert into recording_marks (id, call_id, kind, at_ms, text, by, at) values (?, ?, 'flag', 0, '', ?, ?)",
  );
  const spoken = spokenWords();
  const step = (office.days * 86_400_000) / office.recordings;
  const begin = office.now.getTime() - office.days * 86_400_000;

  const insert = client.transaction((from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const at = Math.floor(begin + i * step);
      const agent = Math.floor(random() * agentIds.length);
      const [agentId = "", callId] = [agentIds[agent], uuidv7()];
      const answered = random() < 0.6;
      const sold = answered && random() < 0.2;
      const seconds = answered ? Math.floor(20 + 900 * random() ** 3) : Math.floor(3 + 25 * random());
      const bytes = 44 + seconds * 176_400;
      const contactName = name();
      const phone = `+346${String(10_000_000 + Math.floor(random() * 300_000) * 271).slice(0, 8)}`;
      const campaign = pick(CAMPAIGNS);
      const disposition = sold ? "sale" : answered ? pick(["follow_up", "not_interested"]) : "no_answer";
      const notes = answered ? Array.from({ length: 4 }, () => pick(spoken)).join(" ") : null;
      const aiAsks = answered && random() < 0.3 ? 2 : 0;
      const marked = random() < 0.01;
      const said = answered
        ? [Array.from({ length: 25 }, () => spoken[Math.floor(spoken.length ** random()) - 1]).join(" ")]
        : [];
      const file = `${agent}/${i}/llamada_001_${contactName}_20251122_143025_${i}.wav`;
      const place = [agentId, teamOf(agent), siteId, at, at];
      const ended = at + seconds * 1000;
      const outcome = answered ? "answered" : "missed";
      const flags = [Number(answered), Number(sold)];
      call.run(
        callId,
        ...place,
        contactName,
        phone,
        campaign,
        ended,
        seconds,
        outcome,
        disposition,
        ...flags,
        notes,
        aiAsks,
      );
      recording.run(callId, agentId, file, bytes, seconds, WAVEFORM, GLANCE, at, ended);
      if (marked) mark.run(uuidv7(), callId, agentId, ended);
      const findable = { agentId, teamId: teamOf(agent), siteId, disposition, campaign, contactName, notes };
      const text = findableWords({ ...findable, contactPhone: phone, file, aiAsks, marked, seconds, said });
      const month = placeOf(new Date(at), ZONE).day.slice(0, 7);
      words.run(BigInt(idAt(new Date(at))) + BigInt(i % 2000), callId, agentId, month, seconds, bytes, text);
    }
  });
  for (let from = 0; from < office.recordings; from += 50_000)
    insert(from, Math.min(office.recordings, from + 50_000));
  memory.run(1_048_576n);
  client.close();
  return { agentIds };
}
