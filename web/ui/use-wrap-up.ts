import { useRef, useState } from "hono/jsx/dom";
import type { Call, CallChange, Disposition, Problem } from "#contract";
import { api, problemOf } from "../api.ts";
import { dayAt } from "./format.ts";
import { OUTCOME_KEYS, useOutcomes } from "./outcomes.ts";
import { daysAfter, instantAt } from "./zoned.ts";

/** A time to call back that needs no typing. `date`: she chooses a day and a time herself; `without`: none. */
export type Quick = "tomorrow" | "hours" | "date" | "without";
export const QUICK: Quick[] = ["tomorrow", "hours", "date", "without"];
/** At what time «mañana» is, and how many hours «en unas horas» are. */
export const TOMORROW_AT = "10:00";
export const IN_HOURS = 2;

type Step = "choose" | "amount" | "callback" | "date";

/** How one call went, and how to say so: an outcome, then what it asks for. */
export function useWrapUp(call: Call | null, timeZone: string, saved: (call: Call) => void) {
  const outcomes = useOutcomes(call);
  const [step, setStep] = useState<Step>("choose");
  const [chosen, setChosen] = useState<Disposition | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const notes = useRef("");
  const save = async (change: CallChange): Promise<void> => {
    if (!call) return;
    try {
      const ended = call.wrapUpEndedAt ? {} : { wrapUpEndedAt: new Date().toISOString() };
      const said = notes.current?.trim() ? { notes: notes.current.trim() } : {};
      saved(await api.changeCall(call.id, { ...change, ...said, ...ended }));
      setStep("choose");
      setProblem(null);
      notes.current = "";
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const choose = (disposition: Disposition): void => {
    setChosen(disposition);
    if (disposition.asksFor) setStep(disposition.asksFor);
    else void save({ disposition: disposition.code });
  };
  const callBack = (callbackAt: string | null): void => {
    if (chosen) void save({ disposition: chosen.code, ...(callbackAt !== null && { callbackAt }) });
  };
  const quick = (which: Quick): void => {
    const now = new Date();
    if (which === "date") setStep("date");
    else if (which === "without") callBack(null);
    else if (which === "hours") callBack(new Date(now.getTime() + IN_HOURS * 3_600_000).toISOString());
    else callBack(instantAt(daysAfter(dayAt(now, timeZone), 1), TOMORROW_AT, timeZone));
  };
  return {
    outcomes,
    step,
    chosen,
    problem,
    notes,
    timeZone,
    choose,
    quick,
    sell: (saleAmount: number | null) => {
      if (chosen) void save({ disposition: chosen.code, saleAmount });
    },
    callBackOn: (day: string, time: string) => callBack(instantAt(day, time, timeZone)),
    back: () => setStep(step === "date" ? "callback" : "choose"),
    /** Does what that key stands for now. @returns whether it stands for anything */
    press: (key: string): boolean => {
      const at = OUTCOME_KEYS.indexOf(key.toLowerCase());
      const outcome = step === "choose" ? outcomes?.[at] : undefined;
      const when = step === "callback" ? QUICK[at] : undefined;
      if (outcome) choose(outcome);
      else if (when) quick(when);
      return outcome !== undefined || when !== undefined;
    },
  };
}
export type WrappingUp = ReturnType<typeof useWrapUp>;
