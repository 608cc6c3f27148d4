import type { z } from "zod";
import { libraryFilter, MOST_FILTERS, type SavedFilter, type savedFilterInput } from "#contract";
import { isUniqueViolation } from "../../db/violations.ts";
import type { Deps } from "../../deps.ts";
import { AppError } from "../../errors.ts";
import type { Actor } from "../../http/context.ts";
import { filterQueries, type FilterRow } from "./queries.ts";

export type Filters = ReturnType<typeof createFilters>;

/** Filters that people keep under a name, each their own. */
export function createFilters({ store, clock }: Pick<Deps, "store" | "clock">) {
  const queries = filterQueries(store);

  /** @throws not_found for one of somebody else */
  async function own(actor: Actor, id: string): Promise<FilterRow | null> {
    const known = await queries.byId(id);
    if (known && known.userId !== actor.userId) throw new AppError("not_found");
    return known;
  }

  return {
    /** By name. */
    list: async (actor: Actor): Promise<{ items: SavedFilter[] }> => ({
      items: (await queries.of(actor.userId)).map(toFilter),
    }),

    /** Adds one or changes it. @throws not_found, filters_full, filter_name_taken */
    async put(actor: Actor, id: string, input: z.output<typeof savedFilterInput>): Promise<SavedFilter> {
      const known = await own(actor, id);
      if (!known && (await queries.of(actor.userId)).length >= MOST_FILTERS)
        throw new AppError("filters_full");
      const row = { id, userId: actor.userId, ...input, createdAt: known?.createdAt ?? clock() };
      await queries.put(row).catch((cause: unknown) => {
        throw isUniqueViolation(cause) ? new AppError("filter_name_taken", { cause }) : cause;
      });
      return toFilter(row);
    },

    /** @throws not_found */
    async remove(actor: Actor, id: string): Promise<void> {
      if (!(await own(actor, id))) throw new AppError("not_found");
      await queries.remove(actor.userId, id);
    },
  };
}

/** As it was saved; what a later version of this program does not know any more is left out. */
const toFilter = ({ id, name, filter }: FilterRow): SavedFilter => ({
  id,
  name,
  filter: libraryFilter.catch({}).parse(filter),
});
