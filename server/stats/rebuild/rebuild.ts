import type { Deps } from "../../deps.ts";
import { WRAP_UP_MS } from "../../time/stretches.ts";
import type { Time } from "../../time/time.ts";
import { rebuildQueries, type Counted } from "./queries.ts";

export type Rebuild = ReturnType<typeof createRebuild>;
/** How far it is, in owners of figures. */
export type Progress = (done: number, all: number) => void;

const AT_ONCE = 500;

/** Writes all figures anew: after an upgrade, and whenever somebody doubts them. The server may run meanwhile. */
export function createRebuild({ store, clock }: Pick<Deps, "store" | "clock">, time: Time) {
  const queries = rebuildQueries(store);

  /** Counts calls of a time in which there were no figures. A wrap-up that nobody measured stays unknown. */
  async function countOld(): Promise<void> {
    const now = clock().getTime();
    for (;;) {
      const rows = await queries.uncounted(AT_ONCE);
      if (rows.length === 0) return;
      await queries.count(await Promise.all(rows.map((row) => countedOf(row, now))));
    }
  }

  async function countedOf(row: Uncounted, now: number): Promise<Counted> {
    const { id, siteId, disposition, wrapUpEndedAt: closedAt } = row;
    const endedAt = row.endedAt ?? new Date(now);
    const answered = row.outcome === "answered";
    const overdue = answered && closedAt === null && endedAt.getTime() < now - WRAP_UP_MS;
    const closed = answered && closedAt ? await time.wrapUpEnding(siteId, endedAt, closedAt, "agent") : null;
    const { wrapUpEndedAt, wrapUpSeconds } = closed ?? {
      wrapUpEndedAt: overdue ? endedAt : null,
      wrapUpSeconds: null,
    };
    return {
      id,
      contacted: answered && disposition !== "no_answer",
      sold: disposition === "sale",
      wrapUpEndedAt,
      wrapUpSeconds,
      ...(await time.placeAt(siteId, wrapUpEndedAt ?? endedAt)),
    };
  }

  /** Each agent and team in a commit of its own, agents first: a team's time is that of its agents. */
  async function rebuild(progress: Progress = () => undefined): Promise<void> {
    await queries.keepDeclared();
    await countOld();
    const [people, teams] = await Promise.all([queries.people(), queries.teams()]);
    let done = 0;
    const step = () => progress(++done, people.length + teams.length);
    for (const { id } of people) await time.rebuild(id).then(step);
    for (const { id } of teams) await queries.rebuildTeam(id).then(step);
  }

  return {
    rebuild,
    /** Rebuilds where calls have ended that no figure counts: once, after an upgrade. */
    async ifNeeded(): Promise<void> {
      if ((await queries.uncounted(1)).length > 0) await rebuild();
    },
  };
}

type Uncounted = Awaited<ReturnType<ReturnType<typeof rebuildQueries>["uncounted"]>>[number];
