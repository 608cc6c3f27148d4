import type { Texts } from "../texts/texts.ts";

export type FailureCode = keyof Texts["models"]["failures"];

/** Why a model could not be fetched, brought or used; `facts` are names and figures for the line that says so. */
export class ModelFailure extends Error {
  readonly code: FailureCode;
  readonly facts: Record<string, string>;
  constructor(code: FailureCode, facts: Record<string, string> = {}) {
    super(`${code} ${Object.values(facts).join(" ")}`.trim());
    this.code = code;
    this.facts = facts;
  }
}

/** A failure in the person's language: what happened, and what to do. */
export function failureLine({ code, facts }: ModelFailure, { models }: Texts): string {
  return models.failures[code].join(" ").replaceAll(/\{(\w+)\}/g, (_all, fact: string) => facts[fact] ?? "");
}
