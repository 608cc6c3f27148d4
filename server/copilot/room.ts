import type { Audit } from "../audit/audit.ts";
import type { Calls } from "../calls/calls.ts";
import type { Deps } from "../deps.ts";
import type { Playbooks } from "../playbooks/playbooks.ts";
import { createAsks } from "./asks.ts";
import { createCopilot } from "./copilot.ts";
import { createModels } from "./models.ts";
import { localOllama, type LocalModels } from "./ollama.ts";
import { promptBeginning } from "./prompt.ts";
import { createPulls } from "./pulls.ts";
import { copilotQueries } from "./queries.ts";

export type CopilotRoom = ReturnType<typeof copilotRoom>;

/** The copilot with all its parts. `ollama` is for tests. */
export function copilotRoom(
  deps: Deps,
  {
    calls,
    playbooks,
    audit,
  }: { calls: Pick<Calls, "get">; playbooks: Playbooks; audit: Pick<Audit, "note"> },
  ollama: LocalModels = localOllama(deps.config.OLLAMA_URL),
) {
  const { config, bus, log, clock } = deps;
  const queries = copilotQueries(deps.store);
  const asks = createAsks(queries, deps);
  const pulls = createPulls(ollama, log, clock);
  const prompts = async () =>
    (await playbooks.mainFacts()).map((about) => promptBeginning({ ...about, context: undefined }));
  const models = createModels({
    ollama,
    queries,
    first: config.OLLAMA_MODEL,
    prompts,
    log,
    clock,
    audit,
  });
  const slots = config.OLLAMA_NUM_PARALLEL;
  const copilot = createCopilot({ ...deps, ollama, models, pulls, playbooks, asks, calls, slots });
  const unsubscribe = bus.subscribe((hint) => {
    if (hint.kind === "call" && hint.ended) copilot.forgetCall(hint.callId);
  });
  return {
    copilot,
    models,
    pulls,
    asks,
    /** Resolves once what became of the last asks is kept. */
    async stop(): Promise<void> {
      unsubscribe();
      copilot.stop();
      await asks.settled();
    },
  };
}
