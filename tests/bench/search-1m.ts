import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page, Recording } from "#contract";
import { openSqlite } from "../../server/db/sqlite.ts";
import { testServer, type Client } from "../support/server.ts";
import { quantile } from "./figures.ts";
import { fillLibrary, spokenWords } from "./library-office.ts";
import type { Measure } from "./measure.ts";

/** `SEARCH_RECORDINGS=50000` for a quick look. */
const MANY = Number(process.env.SEARCH_RECORDINGS ?? 1_000_000);
const RUNS = 40;
/** So many pages of each search, one after the other: what is looked for may be far back. */
const PAGES = 12;
const NOW = new Date("2026-03-20T14:53:00Z");

/** A search, and who asks. */
type Search = { query: string; by: Client };

async function pageOf({ query, by }: Search, after: string | null): Promise<Page<Recording>> {
  const response = await by.request("GET", `/api/recordings?${query}${after ? `&after=${after}` : ""}`);
  if (response.status !== 200) throw new Error(`${query}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Page<Recording>;
}

/** Times of a search's pages, in ms, and what its first page held. */
async function timed(search: Search): Promise<{ times: number[]; items: number; pages: number }> {
  const times: number[] = [];
  let [items, pages] = [0, 0];
  await pageOf(search, null);
  for (let run = 0; run < RUNS; run++) {
    let after: string | null = null;
    for (let n = 0; n < PAGES; n++) {
      const begin = performance.now();
      const page: Page<Recording> = await pageOf(search, after);
      times.push(performance.now() - begin);
      if (run === 0) [items, pages] = [items + page.items.length, pages + 1];
      if ((after = page.next) === null) break;
    }
  }
  return { times, items, pages };
}

/** The slowest search of a million recordings, over HTTP's own handlers. */
export const measure: Measure = async () => {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-bench-"));
  try {
    const file = join(folder, "library.db");
    const { agentIds } = await fillLibrary(file, {
      recordings: MANY,
      agents: 500,
      teams: 20,
      days: 400,
      now: NOW,
    });
    const server = await testServer({ store: openSqlite(file) });
    server.setNow(NOW);
    const boss = await server.browser("executive", { team: "Equipo 0" });
    const luis = await server.browser("supervisor", { team: "Equipo 3" });
    const [agentId = ""] = agentIds;
    const agent = await server.session(agentId, "panel");
    const spoken = spokenWords();
    const [common = "", rare = ""] = [spoken[0], spoken.at(-1)];
    const searches: Record<string, Search> = {
      "the newest": { query: "", by: boss },
      "up to a day": { query: "to=2025-09-01", by: boss },
      "a team's": { query: "", by: luis },
      "one's own": { query: "", by: agent },
      "an agent": { query: `agent=${agentId}`, by: boss },
      "an agent by name": { query: "q=salmeron%20ibarra", by: boss },
      "a contact by name": { query: "q=maria%20garcia%20mol", by: boss },
      "the beginning of many names": { query: "q=mar", by: boss },
      "three digits in most phones": { query: "phone=346", by: boss },
      "three digits of a phone": { query: "q=271", by: boss },
      "a whole phone": { query: "q=%2B34%20612%20710%20000", by: boss },
      "a phone that nobody has": { query: "phone=699999999", by: boss },
      "sales with the copilot in a campaign": { query: "disposition=sale&ai=true&campaign=Luz", by: boss },
      "common each, never together": { query: "disposition=no_answer&minSeconds=60", by: boss },
      "the same in a team": { query: "disposition=no_answer&minSeconds=60", by: luis },
      "common three, never together": { query: "disposition=no_answer&ai=true&phone=346", by: boss },
      "marked of an agent": { query: `marked=true&agent=${agentId}`, by: boss },
      "a length within ten seconds": { query: "minSeconds=700&maxSeconds=710", by: boss },
      "a length that hardly any has": { query: "minSeconds=919", by: boss },
      "a day of a campaign": { query: "from=2025-06-02&to=2025-06-02&campaign=Fibra", by: boss },
      "a word that many say": { query: `q=${common}`, by: boss },
      "two words that many say, in sales": { query: `q=${common}%20${spoken[1]}&disposition=sale`, by: boss },
      "a word that hardly anybody says": { query: `q=${rare}`, by: boss },
      "a word that many say, of nobody": { query: `q=${common}&disposition=no_answer`, by: boss },
      "a long beginning": { query: `q=${rare.slice(0, -1)}`, by: boss },
      "what nobody says": { query: "q=xylophonista", by: boss },
    };
    const against: Record<string, string> = {};
    let [value, slowest] = [0, 0];
    for (const [name, search] of Object.entries(searches)) {
      const { times, items, pages } = await timed(search);
      const [median, p99] = [quantile(times, 0.5), quantile(times, 0.99)].map(
        (ms) => Math.round(ms * 100) / 100,
      );
      against[name] = `${median} ms, p99 ${p99}; ${items} in ${pages} pages`;
      value = Math.max(value, median ?? 0);
      slowest = Math.max(slowest, p99 ?? 0);
    }
    await server.close();
    const goal = "<= 20";
    return [
      { name: "search-1m", value, unit: "ms, slowest search", goal, pass: value <= 20, against },
      {
        name: "search-1m p99",
        value: slowest,
        unit: "ms, slowest search",
        goal,
        pass: slowest <= 20,
        against: {},
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
