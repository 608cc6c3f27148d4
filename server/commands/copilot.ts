// `npm run copilot -- ask "…" | doctor`: the copilot from a terminal of the server, with its own database and Ollama.
import { v7 as uuidv7 } from "uuid";
import { openKept } from "../backups/open-kept.ts";
import { createAudit } from "../audit/audit.ts";
import { readConfig } from "../config.ts";
import { exitAfter } from "./exit.ts";
import { createCopilot } from "../copilot/copilot.ts";
import { examineOllama, reportOf } from "../copilot/doctor.ts";
import { createModels } from "../copilot/models.ts";
import { localOllama } from "../copilot/ollama.ts";
import { probeOllama } from "../copilot/probe.ts";
import { createPulls } from "../copilot/pulls.ts";
import { copilotQueries } from "../copilot/queries.ts";
import type { Log } from "../http/log.ts";
import { createPlaybooks } from "../playbooks/playbooks.ts";
import { readOptions } from "./options.ts";
import { commandTexts } from "./texts.ts";

const { values, positionals, language } = readOptions(
  { context: { type: "string" }, model: { type: "string" } },
  { es: commandTexts.es.usage, en: commandTexts.en.usage },
);
const texts = commandTexts[language];
const silent: Log = { info: () => undefined, error: () => undefined };
const grey = (text: string): string => (process.stdout.isTTY ? `\u001b[2m${text}\u001b[0m` : text);

/** Who asks at a terminal: nobody's calls, nobody's statistics. */
const actor = {
  kind: "device",
  userId: "terminal",
  name: "terminal",
  role: "agent",
  teamId: "",
  teamIds: [],
  siteId: "",
  address: null,
  language,
} as const;

async function rooms() {
  const config = readConfig(process.env);
  const clock = (): Date => new Date();
  const store = await openKept(config, { clock, log: silent });
  const deps = { config, store, log: silent, clock, newId: () => uuidv7() };
  const audit = createAudit(deps);
  const playbooks = createPlaybooks(deps, { audit });
  await playbooks.start();
  const ollama = localOllama(config.OLLAMA_URL);
  const queries = copilotQueries(store);
  const models = createModels({
    ...deps,
    ollama,
    queries,
    first: config.OLLAMA_MODEL,
    prompts: async () => [],
    audit,
  });
  const model = values.model ?? (await models.settings()).model;
  return { deps, config, store, playbooks, ollama, models, model };
}

/** Prints the approved answer at once, then the model's words as they come. Fails when there is neither. */
async function ask(text: string): Promise<number> {
  const { deps, config, store, playbooks, ollama, models, model } = await rooms();
  const copilot = createCopilot({
    ...deps,
    ollama,
    models: { ...models, of: async () => model, settings: async () => ({ model, holdOut: false }) },
    pulls: createPulls(ollama, silent, deps.clock),
    playbooks,
    asks: { begin: () => ({ end: () => undefined }) },
    calls: { get: async () => Promise.reject(new Error("a terminal has no calls")) },
    slots: config.OLLAMA_NUM_PARALLEL,
  });
  const input = { text, ...(values.context !== undefined && { context: values.context }) };
  let answered = false;
  let begun = false;
  for await (const { event, data } of await copilot.ask(actor, input, new AbortController().signal)) {
    if (event === "card") {
      answered = true;
      console.log(`✓ ${texts.approved} · ${data.title} · v${data.version}\n  ${data.answer}`);
      for (const fact of data.facts) console.log(grey(`  · ${fact}`));
    } else if (event === "token") {
      answered = true;
      if (!begun) process.stdout.write(`\n✦ ${texts.suggestion}\n  `);
      begun = true;
      process.stdout.write(data.text);
    } else if (event === "done") {
      const doubts =
        data.unverified.length > 0 ? ` · ${texts.unverified}: ${data.unverified.join(", ")}` : "";
      console.log(`\n${grey(`  ${data.model} · ${texts.times(data.firstTokenMs, data.totalMs)}${doubts}`)}`);
    } else console.log(`${begun ? "\n" : ""}\n! ${data.hint}`);
  }
  copilot.stop();
  await store.close();
  return answered ? 0 : 1;
}

async function doctor(): Promise<number> {
  const { config, store, model } = await rooms();
  await store.close();
  const findings = await examineOllama({
    ollama: probeOllama(config.OLLAMA_URL),
    url: config.OLLAMA_URL,
    model,
    slots: config.OLLAMA_NUM_PARALLEL,
    language,
  });
  console.log(reportOf(findings));
  return findings.some(({ level }) => level === "fail") ? 1 : 0;
}

async function main(): Promise<number> {
  const [command, ...words] = positionals;
  const text = words.join(" ").trim();
  if (command === "doctor" && text === "") return doctor();
  if (command === "ask" && text !== "") return ask(text);
  console.error(texts.usage);
  return 2;
}

await exitAfter(main);
