import {
  builtInDispositions,
  type BuiltInDisposition,
  type Disposition,
  type DispositionKind,
  type DispositionList,
} from "#contract";
import type { Audit } from "../audit/audit.ts";
import { remembered } from "../db/remember.ts";
import { addDays, dayOf } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import type { Actor } from "../http/context.ts";
import { dispositionQueries, RETIRED } from "./queries.ts";

export type Dispositions = ReturnType<typeof createDispositions>;
/** What calls call their outcomes by; null for a code that no list has or had. */
export type Named = (campaign: string | null, code: string) => Disposition | null;

/** How far back, in days, a campaign had a call to be offered for choice. */
const CAMPAIGN_DAYS = 400;

const BUILT_IN: Record<BuiltInDisposition, Pick<Disposition, "kind" | "asksFor">> = {
  sale: { kind: "sale", asksFor: "amount" },
  follow_up: { kind: "contact", asksFor: "callback" },
  not_interested: { kind: "contact", asksFor: null },
  no_answer: { kind: "no_contact", asksFor: null },
  other: { kind: "contact", asksFor: null },
};
const builtIn: Disposition[] = builtInDispositions.map((code) => ({ code, name: null, ...BUILT_IN[code] }));

/** How calls can end (tipificaciones): a campaign's own list, else the company's, else the built-in one. */
export function createDispositions(
  { store, clock, config }: Pick<Deps, "store" | "clock" | "config">,
  { audit }: { audit: Pick<Audit, "note"> },
) {
  const queries = dispositionQueries(store);
  const known = remembered(async () => Map.groupBy(await queries.all(), ({ campaign }) => campaign));
  const counted = remembered(() =>
    queries.counted(addDays(dayOf(clock(), config.TIME_ZONE), -CAMPAIGN_DAYS)),
  );

  /** The list of exactly this campaign, or null. */
  async function own(campaign: string): Promise<Disposition[] | null> {
    const rows = (await known.get()).get(campaign)?.filter(({ position }) => position !== RETIRED) ?? [];
    return rows.length === 0 ? null : rows.map(toDisposition);
  }

  async function list(campaign: string | null): Promise<DispositionList> {
    const items = await own(campaign ?? "");
    if (items) return { campaign, own: true, items };
    return { campaign, own: false, items: (await own("")) ?? builtIn };
  }

  return {
    /** How calls of a campaign can end; with null, those of a campaign without a list. */
    list,

    /** Replaces a list. Calls that had an outcome which is gone keep it, its name and how they were counted. */
    async replace(actor: Actor, campaign: string | null, items: Disposition[]): Promise<DispositionList> {
      await queries.replace(campaign ?? "", items);
      await audit.note(actor, {
        action: "setting_changed",
        subject: { kind: "setting", id: "dispositions" },
      });
      known.forget();
      return list(campaign);
    },

    /** Campaigns that calls had within 400 days or that have a list, by name. */
    async campaigns(): Promise<{ items: string[] }> {
      const lists = [...(await known.get())].filter(([, rows]) =>
        rows.some(({ position }) => position !== RETIRED),
      );
      const names = new Set([...lists.map(([campaign]) => campaign), ...(await counted.get())]);
      names.delete("");
      return { items: [...names].toSorted((a, b) => a.localeCompare(b)) };
    },

    /** A way to look outcomes up for many calls, that does not wait. */
    async named(): Promise<Named> {
      const lists = await known.get();
      return (campaign, code) => {
        for (const name of [campaign ?? "", ""]) {
          const row = lists.get(name)?.find((one) => one.code === code);
          if (row) return toDisposition(row);
        }
        return builtIn.find((one) => one.code === code) ?? null;
      };
    },
  };
}

const toDisposition = ({ code, name, kind, asksFor }: Disposition): Disposition => ({
  code,
  name,
  kind,
  asksFor,
});

type Counted = { campaign: string | null; disposition: string | null; sold: boolean; contacted: boolean };

/**
 * What a call says of its outcome. The flags with which it was counted stand above a kind that was changed since.
 */
export function outcomeOf({ campaign, disposition, sold, contacted }: Counted, named: Named) {
  if (disposition === null) return { dispositionName: null, dispositionKind: null };
  const found = named(campaign, disposition);
  const counted: DispositionKind = sold ? "sale" : contacted ? "contact" : "no_contact";
  const sure = sold || !found || found.kind === "sale" ? counted : found.kind;
  return { dispositionName: found?.name ?? null, dispositionKind: sure };
}
