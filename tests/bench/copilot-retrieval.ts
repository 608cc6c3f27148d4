import { readFileSync } from "node:fs";
import { createAudit } from "../../server/audit/audit.ts";
import { createPlaybooks } from "../../server/playbooks/playbooks.ts";
import { testServer } from "../support/server.ts";
import type { Measure } from "./measure.ts";

const SETS = [
  { name: "fibre.es", context: "Internet Fibra Óptica 300Mbps", language: "es" },
  { name: "fibre.second.es", context: "Internet Fibra Óptica 300Mbps", language: "es" },
  { name: "fibre.en", context: "Fibre broadband 300 Mbps", language: "en" },
  { name: "electricity.es", context: "Electricidad hogar", language: "es" },
  { name: "insurance.es", context: "Seguro de hogar", language: "es" },
  { name: "education.es", context: "Curso de formación profesional", language: "es" },
] as const;

const lines = (name: string): [kind: string, said: string][] =>
  readFileSync(new URL(`../fixtures/objections/${name}.tsv`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split("\t") as [string, string]);

const percent = (part: number, whole: number): number => Math.round((1000 * part) / whole) / 10;

/** How often the starter playbooks find the right kind of objection: as the card that is shown, and among three. */
export const measure: Measure = async () => {
  const server = await testServer({ playbooks: true });
  const playbooks = createPlaybooks(server.deps, { audit: createAudit(server.deps) });
  const results = [];
  for (const { name, context, language } of SETS) {
    const set = lines(name);
    const times: number[] = [];
    let [first, three, silent] = [0, 0, 0];
    for (const [kind, said] of set) {
      const began = performance.now();
      const { cards } = await playbooks.consult(said, context, language);
      times.push(performance.now() - began);
      if (cards[0]?.kind === kind) first++;
      if (cards.some((card) => card.kind === kind)) three++;
      if (cards.length === 0) silent++;
    }
    const [value, inThree] = [percent(first, set.length), percent(three, set.length)];
    const p99Ms =
      Math.round((times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0) * 10) / 10;
    results.push({
      name: `copilot-retrieval ${name}`,
      value,
      unit: "% right kind first",
      goal: ">= 85, and >= 95 in three",
      pass: value >= 85 && inThree >= 95,
      against: { inThree, silent, utterances: set.length, p99Ms },
    });
  }
  await server.close();
  return results;
};
