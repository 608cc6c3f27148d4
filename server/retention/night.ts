import type { Backups } from "../backups/backups.ts";
import { dayOf, isNight } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import type { Merging } from "../library/merging/merging.ts";
import type { Conversions } from "./conversions.ts";
import type { Keeping } from "./keeping.ts";
import type { RetentionRoom } from "./retention.ts";

export type Night = ReturnType<typeof createNight>;
type Rooms = {
  retention: RetentionRoom;
  keeping: Keeping;
  conversions: Conversions;
  backups: Backups;
  merging: Merging;
};

/** How often it looks whether it is night, in ms; the first time only once the server has settled. */
const TICK_MS = 10 * 60_000;
const FIRST_MS = 60_000;

/** What is done at night, one thing after the other: backup, trash, the search index, then what rules ask for. */
export function createNight(
  { clock, log, config }: Pick<Deps, "clock" | "log" | "config">,
  { retention, keeping, conversions, backups, merging }: Rooms,
) {
  const stopping = new AbortController();
  /** Sites whose recordings were all seen, and on which of their days. */
  const seen = new Map<string, string>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  const attempt = (what: string, work: () => Promise<unknown>): Promise<void> =>
    work().then(
      () => undefined,
      (error: unknown) => {
        if (!stopping.signal.aborted) log.error(what, {}, error);
      },
    );

  async function applyRules(): Promise<void> {
    const sites = (await retention.sites()).filter(
      ({ id, timeZone }) => isNight(clock(), timeZone) && seen.get(id) !== dayOf(clock(), timeZone),
    );
    if (sites.length === 0) return;
    const zones = new Map(sites.map(({ id, timeZone }) => [id, timeZone]));
    const wanted = (siteId: string): boolean => {
      const zone = zones.get(siteId);
      return zone !== undefined && isNight(clock(), zone);
    };
    await retention.run(wanted, stopping.signal);
    if (stopping.signal.aborted) return;
    for (const { id, timeZone } of sites) if (wanted(id)) seen.set(id, dayOf(clock(), timeZone));
  }

  async function work(): Promise<void> {
    await attempt("nightly backup failed", () => backups.nightly());
    await attempt("emptying the trash failed", () => keeping.emptyTrash(stopping.signal));
    const night = (): boolean => !stopping.signal.aborted && isNight(clock(), config.TIME_ZONE);
    await attempt("merging the search index failed", () => merging.merge(night));
    await attempt("retention failed", applyRules);
  }

  function later(ms: number): void {
    timer = setTimeout(() => {
      running = work().then(() => {
        if (!stopping.signal.aborted) later(TICK_MS);
      });
    }, ms).unref();
  }

  return {
    /** Does now what is due now. */
    work,
    /** Ends what a power cut interrupted, then looks every ten minutes whether it is night. */
    async start(): Promise<void> {
      await attempt("recovery of conversions failed", () => conversions.recover());
      await attempt("clearing half backups failed", () => backups.tidy());
      later(FIRST_MS);
    },
    async stop(): Promise<void> {
      stopping.abort();
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
