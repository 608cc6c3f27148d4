import { alertKind, alertLimits, type AlertKind, type AlertLimits, type Alerts } from "#contract";
import type { Audit } from "../audit/audit.ts";
import { remembered } from "../db/remember.ts";
import type { Deps } from "../deps.ts";
import type { Actor } from "../http/context.ts";
import { alertQueries } from "./queries.ts";

export type AlertsRoom = ReturnType<typeof createAlerts>;

/** From when on a state is worth a look, in minutes, until an admin says otherwise. */
const DEFAULT_LIMITS: AlertLimits = {
  on_call: { warn: 10, bad: null },
  available: { warn: 5, bad: null },
  wrap_up: { warn: 2, bad: 4 },
  paused: { warn: 25, bad: 30 },
};

/** What a board should tell of: the company's limits and each person's silence. The board itself applies them. */
export function createAlerts(
  { store, clock }: Pick<Deps, "store" | "clock">,
  { audit }: { audit: Pick<Audit, "note"> },
) {
  const queries = alertQueries(store);
  const limits = remembered(async () => alertLimits.safeParse(await queries.limits()).data ?? DEFAULT_LIMITS);

  async function of(actor: Actor): Promise<Alerts> {
    const words = (await queries.muted(actor.userId)).split(" ");
    return { limits: await limits.get(), muted: alertKind.options.filter((kind) => words.includes(kind)) };
  }

  return {
    of,
    async mute(actor: Actor, kinds: AlertKind[]): Promise<Alerts> {
      await queries.mute(actor.userId, [...new Set(kinds)].join(" "));
      return of(actor);
    },
    async setLimits(actor: Actor, wanted: AlertLimits): Promise<Alerts> {
      await queries.setLimits(wanted, actor.userId, clock());
      limits.forget();
      await audit.note(actor, {
        action: "setting_changed",
        subject: { kind: "setting", id: "alert_limits" },
      });
      return of(actor);
    },
  };
}
