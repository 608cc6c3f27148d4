import type { CopilotSettings } from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { Deps } from "../deps.ts";
import { remembered } from "../db/remember.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { isCloud, isModel, OllamaError, type LocalModels, type Message } from "./ollama.ts";
import type { CopilotQueries } from "./queries.ts";

export type Models = ReturnType<typeof createModels>;

type ModelDeps = Pick<Deps, "log" | "clock"> & {
  ollama: LocalModels;
  queries: Pick<CopilotQueries, "settings" | "set">;
  /** The house's model until an admin chooses another. */
  first: string;
  /** The prompts that are worth having evaluated before the first customer. */
  prompts: () => Promise<Message[][]>;
  audit: Pick<Audit, "note">;
};

/** Which model answers whom. It can change at any moment; asks that run go on with theirs. */
export function createModels({ ollama, queries, first, prompts, log, clock, audit }: ModelDeps) {
  /** Agents' own choices, until the house changes its model or the server starts again. */
  const own = new Map<string, string>();

  const stored = remembered(() => queries.settings());
  async function settings(): Promise<CopilotSettings> {
    const { model, holdOut } = await stored.get();
    return { model: typeof model === "string" ? model : first, holdOut: holdOut === true };
  }

  /** @throws model_refused, model_missing, ollama_down */
  async function checkInstalled(model: string): Promise<void> {
    if (isCloud(model)) throw new AppError("model_refused");
    const installed = await ollama.models().catch((cause: unknown) => {
      throw new AppError("ollama_down", { cause });
    });
    if (!installed.some((name) => isModel(name, model))) throw new AppError("model_missing");
  }

  /** Loads a model into memory, then lets it evaluate the prompts that do not change. */
  async function warm(model: string): Promise<void> {
    try {
      for (const messages of [[], ...(await prompts())]) await ollama.warm(model, messages);
      log.info("model warm", { model });
    } catch (error) {
      const code = error instanceof OllamaError ? error.code : "failed";
      log.info("model not warm", { model, code });
    }
  }

  return {
    settings,

    /** The model that answers this person. */
    of: async (actor: Pick<Actor, "userId">): Promise<string> =>
      own.get(actor.userId) ?? (await settings()).model,

    /** An admin in a browser chooses for everybody, anybody else for themself. @throws model_refused, model_missing, ollama_down */
    async choose(actor: Actor, model: string): Promise<void> {
      await checkInstalled(model);
      if (actor.kind === "browser" && actor.role === "admin") {
        await queries.set("model", model, actor.userId, clock());
        stored.forget();
        own.clear();
        await audit.note(actor, changed("copilot_model"));
      } else own.set(actor.userId, model);
      log.info("model chosen", { model });
      void warm(model);
    },

    async switchHoldOut(actor: Actor, holdOut: boolean): Promise<CopilotSettings> {
      await queries.set("holdOut", holdOut, actor.userId, clock());
      stored.forget();
      await audit.note(actor, changed("copilot_hold_out"));
      return settings();
    },

    /** Loads the house's model. Never rejects: without Ollama the cards are the answer. */
    warmUp: async (): Promise<void> => warm((await settings()).model),
  };
}

const changed = (id: string) => ({ action: "setting_changed", subject: { kind: "setting", id } }) as const;
