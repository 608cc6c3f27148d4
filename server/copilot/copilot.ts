import type { z } from "zod";
import type { ask, AskEvent, CopilotStatus, Done, findInput, Found } from "#contract";
import type { Calls } from "../calls/calls.ts";
import type { Deps } from "../deps.ts";
import type { Actor } from "../http/context.ts";
import type { Playbooks } from "../playbooks/playbooks.ts";
import type { Consulted } from "../playbooks/shelf.ts";
import { maskPersonal } from "../privacy/masking.ts";
import type { AskOutcome, Asks } from "./asks.ts";
import { BreakerOpen, createBreaker } from "./breaker.ts";
import { unverified } from "./guardrails.ts";
import { createHistory, type Conversation } from "./history.ts";
import { isHeldOut } from "./holdout.ts";
import type { Models } from "./models.ts";
import { isModel, OllamaError, type LocalModels, type OllamaErrorCode } from "./ollama.ts";
import { promptFor, type Question } from "./prompt.ts";
import type { Pulls } from "./pulls.ts";
import { createQueue, QueueFull, QueueTimeout, Superseded } from "./queue.ts";
import { isOtherLanguage, shaped } from "./shaping.ts";
import { hintOf, type CopilotErrorCode } from "./texts.ts";

export type CopilotDeps = Pick<Deps, "log" | "clock" | "newId"> & {
  ollama: LocalModels;
  models: Models;
  pulls: Pulls;
  playbooks: Pick<Playbooks, "consult" | "objections">;
  asks: Pick<Asks, "begin">;
  calls: Pick<Calls, "get">;
  /** Asks that Ollama gets at once: its OLLAMA_NUM_PARALLEL. */
  slots: number;
};

export type Copilot = ReturnType<typeof createCopilot>;
type Input = z.output<typeof ask>;
/** An ask with all that its answer rests on. */
type Asked = {
  conversation: Conversation;
  id: string;
  actor: Actor;
  question: Question;
  consulted: Consulted;
  model: string;
  heldOut: boolean;
};

/** Ollama itself failed: an ask that was refused, missing its model or left by its asker says nothing about it. */
const FAILURES = new Set<OllamaErrorCode>([
  "ollama_unreachable",
  "ollama_slow",
  "ollama_busy",
  "ollama_failed",
]);

/** The copilot: the approved answer at once, then the model's own words, then what of them no fact supports. */
export function createCopilot(deps: CopilotDeps) {
  const { ollama, models, pulls, playbooks, asks, calls, log, clock, newId, slots } = deps;
  const queue = createQueue({ slots });
  const breaker = createBreaker({ probe: () => ollama.check() });
  const history = createHistory();

  /** What is asked, with every personal datum masked, and what the playbook says to it. */
  async function understood({ language }: Actor, { text, context }: z.output<typeof findInput>) {
    const said = maskPersonal(text, language);
    const about = context === undefined ? undefined : maskPersonal(context, language);
    const consulted = await playbooks.consult(said, about, language);
    return { said, context: about, consulted };
  }

  function errorCode(error: unknown): CopilotErrorCode {
    if (error instanceof OllamaError) {
      if (FAILURES.has(error.code)) breaker.failed();
      return error.code;
    }
    if (error instanceof Superseded) return "superseded";
    if (error instanceof QueueFull || error instanceof QueueTimeout) return "busy";
    if (error instanceof BreakerOpen) return "resting";
    log.error("ask failed", {}, error);
    return "ollama_failed";
  }

  /** The model's words in pieces, as far as they may be said; ends by itself where they should. */
  async function* tokens({ actor, question, model }: Asked, asker: AbortSignal): AsyncGenerator<string> {
    breaker.pass();
    const turn = await queue.enter({ agentId: actor.userId, lane: "live", signal: asker });
    let text = "";
    try {
      for await (const token of ollama.chat(model, promptFor(question), turn.signal)) {
        breaker.succeeded();
        text += token;
        yield token;
        if (shaped(text).cut) return;
      }
    } finally {
      turn.leave();
    }
  }

  async function* answer(
    asked: Asked,
    callId: string | null,
    began: number,
    asker: AbortSignal,
  ): AsyncGenerator<AskEvent, void> {
    const sinceAsk = () => Math.round(performance.now() - began);
    const { id, actor, consulted, model, heldOut } = asked;
    const { card } = consulted;
    const kept = asks.begin({
      id,
      callId,
      model,
      heldOut,
      agentId: actor.userId,
      askedAt: clock(),
      cardId: card?.id ?? null,
      cardVersion: card?.version ?? null,
    });
    let outcome: AskOutcome = "left";
    let firstTokenMs: number | null = null;
    let totalMs = 0;
    let text = "";
    try {
      if (card) yield { event: "card", data: card };
      if (heldOut) outcome = "held_out";
      else {
        for await (const token of tokens(asked, asker)) {
          firstTokenMs ??= sinceAsk();
          text += token;
          yield { event: "token", data: { text: token } };
        }
        outcome = "done";
      }
    } catch (error) {
      outcome = asker.aborted ? "left" : errorCode(error);
    } finally {
      totalMs = sinceAsk();
      log.info("ask", { model, outcome, firstTokenMs, totalMs });
      kept.end({ firstTokenMs, totalMs, outcome });
    }
    if (outcome === "left") return;
    if (outcome !== "done") {
      yield { event: "error", data: { code: outcome, hint: hintOf(actor.language, outcome, card !== null) } };
      return;
    }
    const done = finished(asked, text, { firstTokenMs: firstTokenMs ?? 0, totalMs });
    asked.conversation.append({ said: promptFor(asked.question).at(-1)?.content ?? "", answered: done.text });
    yield { event: "done", data: done };
  }

  function finished(
    { id, actor, question, consulted, model }: Asked,
    text: string,
    times: Pick<Done, "firstTokenMs" | "totalMs">,
  ): Done {
    const said = shaped(text).text;
    const { facts, cards, forbidden } = consulted;
    const support = [
      ...facts,
      ...cards.flatMap((card) => [card.answer, ...card.facts]),
      question.context ?? "",
    ];
    return {
      id,
      model,
      ...times,
      text: said,
      unverified: unverified(said, support, forbidden),
      otherLanguage: isOtherLanguage(said, actor.language),
    };
  }

  return {
    /**
     * Events in the order card? token* (done | error); when `signal` aborts they end without a last one.
     * The card waits for nothing. An agent's newest ask ends the one before with the error `superseded`.
     * @throws not_found, before any event, for a call that is not the asker's
     */
    async ask(actor: Actor, input: Input, signal: AbortSignal): Promise<AsyncIterable<AskEvent>> {
      const began = performance.now();
      const callId = input.callId ?? null;
      if (callId !== null) await calls.get(actor, callId);
      const [{ said, context, consulted }, model, { holdOut }] = await Promise.all([
        understood(actor, input),
        models.of(actor),
        models.settings(),
      ]);
      const { cards, facts } = consulted;
      const { language } = actor;
      const conversation = history.of(actor.userId, callId);
      const question = { language, said, context, facts, cards, history: conversation.messages() };
      const heldOut = holdOut && callId !== null && isHeldOut(callId);
      return answer(
        { id: input.id ?? newId(), conversation, actor, question, consulted, model, heldOut },
        callId,
        began,
        signal,
      );
    },

    /** The approved answer to what was heard. The model is not asked, and nothing of it is kept. */
    async find(actor: Actor, heard: z.output<typeof findInput>): Promise<Found> {
      const { consulted } = await understood(actor, heard);
      return { card: consulted.card };
    },

    /** Whether the model would answer, and the objections on the keys. Never throws: a silent Ollama is a state. */
    async status(actor: Actor, context?: string): Promise<CopilotStatus> {
      const { language } = actor;
      const [installed, model, objections] = await Promise.all([
        ollama.models().catch(() => [] as string[]),
        models.of(actor),
        playbooks.objections(context, language),
      ]);
      const available = !breaker.state().open && installed.some((name) => isModel(name, model));
      return { available, model, models: installed, pulls: pulls.list(language), objections, language };
    },

    /** Forgets what this person and the copilot said to each other. */
    forget: (actor: Actor): void => history.forgetAgent(actor.userId),

    /** A call has ended: nothing of it stays in memory. */
    forgetCall: history.forgetCall,

    /** Resolves while Ollama answers. @throws OllamaError */
    check: () => ollama.check(),

    queue: queue.metrics,

    /** After the last ask. */
    stop(): void {
      breaker.stop();
      history.clear();
      pulls.stopAll();
    },
  };
}
