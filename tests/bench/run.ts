import { cpus, totalmem } from "node:os";
import type { Measure, Result } from "./measure.ts";

/** Every measure by name; each is loaded only when it runs. */
const measures: Record<string, () => Promise<{ measure: Measure }>> = {
  "calls-write": () => import("./calls-write.ts"),
  fanout: () => import("./fanout.ts"),
  seats: () => import("./seats.ts"),
  hotkey: () => import("./hotkey.ts"),
  panel: () => import("./panel.ts"),
  "tray-cost": () => import("./tray-cost.ts"),
  "capture-drift": () => import("./capture-drift.ts"),
  "copilot-retrieval": () => import("./copilot-retrieval.ts"),
  "copilot-overhead": () => import("./copilot-overhead.ts"),
  ears: () => import("./ears.ts"),
  "stats-5m": () => import("./stats-5m.ts"),
  "search-1m": () => import("./search-1m.ts"),
  "page-weight": () => import("./page-weight.ts"),
};

const args = process.argv.slice(2);
const json = args.includes("--json");
const wanted = args.filter((arg) => !arg.startsWith("--"));
const unknown = wanted.filter((name) => !(name in measures));
if (unknown.length > 0) {
  console.error(`No measure is called ${unknown.join(", ")}. There are: ${Object.keys(measures).join(", ")}`);
  process.exit(2);
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.versions.node}`;
const results: Result[] = [];
for (const [name, load] of Object.entries(measures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { measure } = await load();
  for (const result of await measure()) {
    results.push(result);
    if (json) console.log(JSON.stringify({ ...result, machine }));
  }
}
if (!json) {
  console.log(machine);
  console.table(results.map(({ against, ...rest }) => ({ ...rest, against: JSON.stringify(against) })));
}
process.exit(results.every(({ pass }) => pass) ? 0 : 1);
