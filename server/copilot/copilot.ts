import type { z } from "zod";
import type { ask, AskEvent, Card, CopilotStatus, Done, Language } from "#contract";
import type { Calls } from "../calls/calls.ts";
import type { Deps } from "../deps.ts";
import type { Actor } from "../http/context.ts";
import { findCard, objections, productFacts } from "../playbooks/playbooks.ts";
import { createAdmission, Superseded } from "./admission.ts";
import { unverified } from "./guardrails.ts";
import { OllamaError, type LocalModels } from "./ollama.ts";
import { maskPersonal } from "./personal.ts";
import { promptFor, type Question } from "./prompt.ts";
import { hintOf, type CopilotErrorCode } from "./texts.ts";

/** One ask as it is kept: times in whole ms since the ask, and nothing of what was said. */
export type AskRecord = {
  id: string;
  agentId: string;
  callId: string | null;
  cardId: string | null;
  model: string;
  /** Null when no token came. */
  firstTokenMs: number | null;
  totalMs: number;
  /** `left`: the asker went away before the end. */
  outcome: "done" | "left" | CopilotErrorCode;
  askedAt: Date;
};

/** Where asks are kept. */
export interface Asks {
  /** Resolves once it is safe. An id that is there already changes nothing. */
  record(ask: AskRecord): Promise<void>;
}

export type CopilotDeps = Pick<Deps, "log" | "clock" | "newId"> & {
  ollama: LocalModels;
  /** The name of the model that answers. */
  model: string;
  asks: Asks;
  calls: Pick<Calls, "get">;
  /** Asks that Ollama gets at once; more than its OLLAMA_NUM_PARALLEL wait inside it. */
  slots?: number;
};

export type Copilot = ReturnType<typeof createCopilot>;
type Input = z.output<typeof ask>;

const SLOTS = 4;

/** The copilot: the approved answer at once, then the model's own words, then what of them no fact supports. */
export function createCopilot({ ollama, model, asks, calls, log, clock, newId, slots = SLOTS }: CopilotDeps) {
  const admission = createAdmission(slots);

  /** What is asked, with every personal datum masked. */
  function understood(language: Language, input: Input): Question {
    const said = maskPersonal(input.text, language);
    const context = input.context === undefined ? undefined : maskPersonal(input.context, language);
    const card = findCard(said, context, language);
    return { language, said, context, card, facts: productFacts(context, language) };
  }

  async function keep(record: AskRecord): Promise<void> {
    const { outcome, firstTokenMs, totalMs } = record;
    log.info("ask", { model, outcome, firstTokenMs, totalMs });
    await asks.record(record).catch((cause: unknown) => log.error("ask not kept", { outcome }, cause));
  }

  function errorCode(error: unknown): CopilotErrorCode {
    if (error instanceof OllamaError) return error.code;
    if (error instanceof Superseded) return "superseded";
    log.error("ask failed", { model }, error);
    return "ollama_failed";
  }

  async function* answer(actor: Actor, input: Input, asker: AbortSignal): AsyncGenerator<AskEvent, void> {
    const began = performance.now();
    const sinceAsk = () => Math.round(performance.now() - began);
    const askedAt = clock();
    const question = understood(actor.language, input);
    const { card } = question;
    if (card) yield { event: "card", data: card };

    const turn = admission.enter(actor.userId);
    let outcome: AskRecord["outcome"] = turn ? "left" : "busy";
    let firstTokenMs: number | null = null;
    let totalMs = 0;
    let text = "";
    try {
      for await (const token of turn
        ? ollama.chat(model, promptFor(question), AbortSignal.any([asker, turn.signal]))
        : []) {
        firstTokenMs ??= sinceAsk();
        text += token;
        yield { event: "token", data: { text: token } };
      }
      if (turn) outcome = "done";
    } catch (error) {
      outcome = asker.aborted ? "left" : errorCode(error);
    } finally {
      turn?.leave();
      totalMs = sinceAsk();
      const ids = {
        id: input.id ?? newId(),
        agentId: actor.userId,
        callId: input.callId ?? null,
        cardId: card?.id ?? null,
      };
      await keep({ ...ids, model, firstTokenMs, totalMs, outcome, askedAt });
    }
    if (outcome === "left") return;
    if (outcome === "done")
      yield { event: "done", data: finished(text, question, firstTokenMs ?? 0, totalMs) };
    else
      yield { event: "error", data: { code: outcome, hint: hintOf(actor.language, outcome, card !== null) } };
  }

  function finished(
    text: string,
    { card, facts, context }: Question,
    firstTokenMs: number,
    totalMs: number,
  ): Done {
    const support = [...facts, ...cardTexts(card), ...(context === undefined ? [] : [context])];
    return { model, firstTokenMs, totalMs, unverified: unverified(text, support) };
  }

  return {
    /**
     * Events in the order card? token* (done | error); when `signal` aborts they end without a last one.
     * The card waits for nothing. An agent's newest ask ends the one before with the error `superseded`.
     * @throws not_found, before any event, for a call that is not the asker's
     */
    async ask(actor: Actor, input: Input, signal: AbortSignal): Promise<AsyncIterable<AskEvent>> {
      if (input.callId !== undefined) await calls.get(actor, input.callId);
      return answer(actor, input, signal);
    },

    /** Whether the model would answer, and the objections on the keys. Never throws: a silent Ollama is a state. */
    async status(language: Language): Promise<CopilotStatus> {
      const models = await ollama.models().catch(() => [] as string[]);
      const available = models.includes(model) || models.includes(`${model}:latest`);
      return { available, model, models, objections: objections(language), language };
    },

    /** Resolves while Ollama answers. @throws OllamaError */
    check: () => ollama.check(),

    /** Agents whose ask runs now. */
    running: () => admission.running,
  };
}

const cardTexts = (card: Card | null): string[] => (card === null ? [] : [card.answer, ...card.facts]);
