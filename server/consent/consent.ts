import type { z } from "zod";
import type { Call, ConsentWording, consentInput, consentWordingInput } from "#contract";
import type { Audit } from "../audit/audit.ts";
import { scopeOf } from "../auth/scope.ts";
import type { Calls } from "../calls/calls.ts";
import { isUniqueViolation } from "../db/violations.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { consentQueries } from "./queries.ts";

export type ConsentRoom = ReturnType<typeof createConsent>;

/** Until an admin writes another one. */
const FIRST_WORDING: ConsentWording = {
  version: 1,
  es: "Le informo de que esta llamada se graba para atenderle mejor y como prueba de lo acordado. Puede oponerse ahora. ¿Está de acuerdo?",
  en: "This call is recorded to serve you better and as proof of what we agree. You may object now. Do you agree?",
  at: null,
};

/** Whether customers agreed to be recorded, and the words in which they were asked. */
export function createConsent({ store, clock, bus }: Deps, { calls, audit }: { calls: Calls; audit: Audit }) {
  const queries = consentQueries(store);

  async function wording(): Promise<ConsentWording> {
    const row = await queries.wording();
    return row ? { version: row.version, es: row.es, en: row.en, at: row.at.toISOString() } : FIRST_WORDING;
  }

  /** A next version; the same words change nothing. */
  async function rewrite(actor: Actor, input: z.output<typeof consentWordingInput>): Promise<ConsentWording> {
    const now = await wording();
    if (now.es === input.es && now.en === input.en) return now;
    const row = { ...input, version: now.version + 1, by: actor.userId, at: clock() };
    try {
      await queries.addWording(row);
    } catch (error) {
      // somebody else was faster: theirs is the version before this one
      if (isUniqueViolation(error)) return rewrite(actor, input);
      throw error;
    }
    const subject = { kind: "setting" as const, id: `consent-wording-${row.version}` };
    await audit.note(actor, { action: "setting_changed", subject });
    return wording();
  }

  return {
    wording,
    rewrite,

    /** What the customer answered, by the wording of today. @throws not_found, forbidden */
    async set(actor: Actor, callId: string, { state, atMs }: z.output<typeof consentInput>): Promise<Call> {
      const call = await calls.visible(scopeOf(actor), callId);
      // as with all of another's call: who leads a team corrects it, who reads figures does not
      if (call.agentId !== actor.userId && actor.role === "executive") throw new AppError("forbidden");
      const asked = state === "unknown" ? null : (await wording()).version;
      const at = state === "unknown" ? null : (atMs ?? null);
      await queries.setConsent(callId, { state, wording: asked, atMs: at, at: clock() });
      await audit.note(actor, { action: "consent_set", subject: { kind: "call", id: callId } });
      bus.publish({ kind: "call", agentId: call.agentId, callId });
      return calls.visible(scopeOf(actor), callId);
    },
  };
}
