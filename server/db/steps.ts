import { is, Param, Placeholder } from "drizzle-orm";
import { drizzle, type RemotePreparedQuery } from "drizzle-orm/sqlite-proxy";
import type { Step } from "./group-commit.ts";
import { isBound, type Bound, type Database, type Statement, type Write } from "./store.ts";

/** A write as it travels to the thread that commits, and what reads the rows that come back. */
type Travelling = { step: Step; read(rows: unknown[][]): unknown };

/**
 * Turns writes into steps. They are built on a Drizzle without a connection; those that are bound are built once.
 */
export function writesAsSteps(): (writes: (db: Database) => Write[]) => Travelling[] {
  const nowhere = drizzle(() => Promise.reject(new Error("not connected")));
  plannedOnce(nowhere);
  const db = nowhere as unknown as Database;
  const known = new Map<Statement<unknown>, (values: Record<string, unknown>) => Travelling>();

  function ready(statement: Statement<unknown>) {
    const { prepared, form, params } = built(statement.build(db), true);
    const fill = filling(params);
    const read = (rows: unknown[][]): unknown => prepared.mapAllResult(rows);
    return (values: Record<string, unknown>) => ({ step: { form, values: fill(values) }, read });
  }
  function bound({ statement, values }: Bound<unknown>): Travelling {
    let travelling = known.get(statement);
    if (!travelling) known.set(statement, (travelling = ready(statement)));
    return travelling(values);
  }
  function once(write: Write): Travelling {
    const { prepared, form, params } = built(write, false);
    return { step: { form, values: params }, read: (rows) => prepared.mapAllResult(rows) };
  }
  return (writes) => writes(db).map((write) => (isBound(write) ? bound(write) : once(write)));
}

/** What Drizzle built on our connection to nowhere; its types do not say that all of its queries can be prepared. */
function built(query: unknown, kept: boolean) {
  const prepared = (query as { prepare(): RemotePreparedQuery }).prepare();
  const { sql, params, method } = prepared.getQuery();
  return { prepared, params, form: { sql, kept, rows: method === "all" } };
}

/** What Drizzle's own `fillPlaceholders` does, except that it asks each time what each parameter is. */
export function filling(params: unknown[]): (values: Record<string, unknown>) => unknown[] {
  const places = params.map((param) => {
    if (is(param, Placeholder)) return { name: param.name };
    if (is(param, Param) && is(param.value, Placeholder))
      return { name: param.value.name, encoder: param.encoder };
    return { constant: param };
  });
  return (values) =>
    places.map((place) => {
      if ("constant" in place) return place.constant;
      if (!(place.name in values)) throw new Error(`no value for ${place.name}`);
      const value = values[place.name];
      return place.encoder ? place.encoder.mapToDriverValue(value) : value;
    });
}

/**
 * SQLite (built with STAT4) plans a join anew each time when one of its values changes, since another plan might fit
 * that better: several times what running it takes. It does so for a bare `?` only.
 */
export function plannedOnce(drizzled: object): void {
  const { dialect } = drizzled as { dialect: { escapeParam(): string } };
  dialect.escapeParam = () => "+?";
}
