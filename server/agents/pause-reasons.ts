import type { Language, PauseReason } from "#contract";
import type { Audit } from "../audit/audit.ts";
import type { Deps } from "../deps.ts";
import type { Actor } from "../http/context.ts";
import { agentQueries } from "./queries.ts";

/** Until an admin writes others. */
const BUILT_IN: Record<Language, PauseReason[]> = {
  es: [
    { name: "Descanso", productive: false },
    { name: "Comida", productive: false },
    { name: "Baño", productive: false },
    { name: "Formación", productive: true },
    { name: "Reunión", productive: true },
    { name: "Gestiones", productive: true },
  ],
  en: [
    { name: "Break", productive: false },
    { name: "Meal", productive: false },
    { name: "Restroom", productive: false },
    { name: "Training", productive: true },
    { name: "Meeting", productive: true },
    { name: "Back office", productive: true },
  ],
};

/** Reasons for a pause (motivos), the same for all. */
export function createPauseReasons(
  { store, clock }: Pick<Deps, "store" | "clock">,
  { audit }: { audit: Pick<Audit, "note"> },
) {
  const queries = agentQueries(store);
  return {
    list: async (language: Language): Promise<PauseReason[]> =>
      (await queries.pauseReasons()) ?? BUILT_IN[language],
    async replace(actor: Actor, items: PauseReason[]): Promise<PauseReason[]> {
      await queries.setPauseReasons(items, actor.userId, clock());
      await audit.note(actor, {
        action: "setting_changed",
        subject: { kind: "setting", id: "pause_reasons" },
      });
      return items;
    },
  };
}
export type PauseReasons = ReturnType<typeof createPauseReasons>;
