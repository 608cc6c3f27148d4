import {
  retentionRule,
  type Capacity,
  type Retention,
  type RetentionInput,
  type RetentionPreview,
  type RetentionRule,
} from "#contract";
import { createHash } from "node:crypto";
import type { Audit } from "../audit/audit.ts";
import { remembered } from "../db/remember.ts";
import { dayOf } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import type { Dispositions } from "../dispositions/dispositions.ts";
import type { Actor } from "../http/context.ts";
import type { Conversions } from "./conversions.ts";
import type { AudioConverter } from "./convert.ts";
import { capacityOf, preview, type Cohort } from "./forecast.ts";
import type { Keeping } from "./keeping.ts";
import { retentionQueries, type KeptRow } from "./queries.ts";
import { ageOf, ruleFor, stepAt } from "./rules.ts";
import { everyRecording, outcomeOfRow, survey } from "./walk.ts";

export type RetentionRoom = ReturnType<typeof createRetention>;

/** How long a count of all recordings is good enough to judge rules by, in ms. */
const SURVEY_MS = 300_000;

/** How long recordings are kept, and as what: rules of an admin, what they would do, and doing it. */
export function createRetention(
  deps: Pick<Deps, "store" | "clock" | "log" | "config" | "recordings">,
  {
    audit,
    dispositions,
    keeping,
    conversions,
    converter,
  }: {
    audit: Audit;
    dispositions: Dispositions;
    keeping: Keeping;
    conversions: Conversions;
    converter: AudioConverter;
  },
) {
  const { clock, log, config } = deps;
  const queries = retentionQueries(deps.store);
  const stored = remembered(() => queries.rules());
  let counted: { at: number; changes: number; cohorts: Promise<Cohort[]> } | null = null;

  /** A setting that this version does not understand deletes nothing. */
  const rules = async (): Promise<RetentionRule[]> =>
    retentionRule.array().safeParse((await stored.get())?.is ?? []).data ?? [];

  const zones = async () => {
    const known = new Map((await queries.sites()).map(({ id, timeZone }) => [id, timeZone]));
    return (siteId: string): string => known.get(siteId) ?? config.TIME_ZONE;
  };

  /** All recordings by what decides about them; counted anew when something was converted, held or trashed. */
  async function cohorts(): Promise<Cohort[]> {
    const now = clock().getTime();
    const changes = keeping.changes();
    if (counted && counted.changes === changes && Math.abs(now - counted.at) < SURVEY_MS)
      return counted.cohorts;
    const count = async () =>
      survey(everyRecording(queries.after), await dispositions.named(), await zones());
    const mine = { at: now, changes, cohorts: count() };
    counted = mine;
    mine.cohorts.catch(() => (counted = null));
    return mine.cohorts;
  }

  async function get(): Promise<Retention> {
    const [own, sites, tools, set] = await Promise.all([
      rules(),
      queries.sites(),
      converter.tools(),
      stored.get(),
    ]);
    return {
      rules: own,
      tools,
      sites: sites.map(({ id, name }) => ({ id, name })),
      changedAt: set?.changedAt.toISOString() ?? null,
    };
  }

  /** Does to one recording what is due. @returns whether anything was */
  async function apply(
    row: KeptRow,
    rule: RetentionRule,
    age: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const step = stepAt(rule, row.format, age, await converter.tools());
    if (!step || step.waits) return false;
    if (step.to === "trash") return keeping.trashByRule(row.callId);
    if (step.to === "wav") return false;
    return conversions.convert(row, step.to, signal);
  }

  return {
    get,

    async set(actor: Actor, { rules: wanted }: RetentionInput): Promise<Retention> {
      await queries.setRules(wanted, actor.userId, clock());
      stored.forget();
      const digest = createHash("sha256").update(JSON.stringify(wanted)).digest("hex");
      await audit.note(actor, {
        action: "setting_changed",
        subject: { kind: "setting", id: "retention" },
        digest,
      });
      return get();
    },

    /** What these rules would do if it were night now. */
    async preview({ rules: wanted }: RetentionInput): Promise<RetentionPreview> {
      const [zoneOf, tools, all] = [await zones(), await converter.tools(), await cohorts()];
      const now = clock();
      const today = new Map<string, string>();
      const todayAt = (siteId: string): string => {
        const known = today.get(siteId) ?? dayOf(now, zoneOf(siteId));
        today.set(siteId, known);
        return known;
      };
      return preview(all, wanted, todayAt, tools);
    },

    async capacity(): Promise<Capacity> {
      const [all, own, tools, free] = [
        await cohorts(),
        await rules(),
        await converter.tools(),
        await deps.recordings.freeBytes(),
      ];
      return capacityOf(all, { rules: own, tools }, dayOf(clock(), config.TIME_ZONE), free);
    },

    /** The sites and their clocks. */
    sites: () => queries.sites(),

    /**
     * Converts and trashes what is due, one recording after the other, where `wanted` says that it is the time for a
     * site. Can be stopped at any point and begun again. @returns how many recordings changed
     */
    async run(wanted: (siteId: string) => boolean, signal: AbortSignal): Promise<number> {
      const own = await rules();
      if (own.length === 0) return 0;
      const [named, zoneOf] = [await dispositions.named(), await zones()];
      let changed = 0;
      for await (const row of everyRecording(queries.after)) {
        if (signal.aborted) return changed;
        if (row.heldAt !== null || row.trashedAt !== null || !wanted(row.siteId)) continue;
        const rule = ruleFor(own, outcomeOfRow(row, named));
        if (!rule) continue;
        try {
          if (await apply(row, rule, ageOf(row.startedAt, clock(), zoneOf(row.siteId)), signal)) changed += 1;
        } catch (error) {
          // one bad file must not keep all later ones from their step
          if (!signal.aborted) log.error("retention failed", { callId: row.callId }, error);
        }
      }
      return changed;
    },
  };
}
