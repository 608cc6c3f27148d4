import type { AgentState } from "#contract";
import type { Scope } from "../../db/within-scope.ts";
import type { Deps } from "../../deps.ts";
import { BELIEVED_MS, WRAP_UP_MS } from "../stretches.ts";
import { presenceQueries } from "./queries.ts";

type Queries = ReturnType<typeof presenceQueries>;
type Person = Awaited<ReturnType<Queries["people"]>>[number];
/** Somebody as they are now. `knownUntil`: up to there the figures have their time. */
export type Present = Omit<Person, "state"> & {
  state: AgentState;
  /** The call that they are in, with what is known of its recording. */
  call: Awaited<ReturnType<Queries["openCalls"]>>[number] | null;
};
export type Presence = ReturnType<typeof createPresence>;

/** Who is there now, and what they do. */
export function createPresence({ store, clock }: Pick<Deps, "store" | "clock">) {
  const queries = presenceQueries(store);

  return {
    /** Agents whose wrap-up began before this and goes on in the database. */
    overdue: (before: Date) => queries.overdueWrapUps(before),

    /** Everybody whom a scope holds as they are now, by name; of `only` these at least. */
    async present(scope: Scope, only?: ReadonlySet<string>): Promise<Present[]> {
      const now = clock();
      const believed = new Date(now.getTime() - BELIEVED_MS);
      const wrapping = new Date(now.getTime() - WRAP_UP_MS);
      const [people, open] = await Promise.all([queries.people(scope, only), queries.openCalls(scope, only)]);
      const callOf = new Map(
        open.filter(({ startedAt }) => startedAt > believed).map((call) => [call.agentId, call]),
      );
      return people.map((person) => {
        const call = callOf.get(person.id);
        if (call) return { ...person, state: "on_call" as const, reason: null, since: call.startedAt, call };
        const none = { call: null, reason: null };
        const { wrapUpSince: since } = person;
        if (since && since >= wrapping) return { ...person, ...none, state: "wrap_up" as const, since };
        if (person.state !== "offline" && person.since < believed) {
          const believedUntil = new Date(person.since.getTime() + BELIEVED_MS);
          return { ...person, ...none, state: "offline" as const, since: believedUntil };
        }
        return { ...person, call: null };
      });
    },
  };
}
