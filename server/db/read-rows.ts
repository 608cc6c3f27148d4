import { Column, is, noopDecoder, SQL, type DriverValueDecoder } from "drizzle-orm";
import { filling } from "./steps.ts";

/** A query that Drizzle prepared for better-sqlite3, with what its types leave out. */
type Prepared = {
  query: { params: unknown[] };
  stmt: { raw(): { all(...values: unknown[]): unknown[][] } };
  fields?: { path: string[]; field: unknown }[];
  customResultMapper?: unknown;
  all(values: object): unknown[];
};
type Decoder = Pick<DriverValueDecoder<unknown, unknown>, "mapFromDriverValue">;

/**
 * What reads a prepared query's rows. Drizzle's own asks of each value of each row, and of each parameter, anew what it
 * is, which can take longer than SQLite does: here that is asked once.
 */
export function readingRows(query: unknown): (values: Record<string, unknown>) => unknown[] {
  const prepared = query as Prepared;
  const { stmt, fields = [] } = prepared;
  const simple = fields.every(({ path, field }) => path.length === 1 && decoderOf(field));
  if (fields.length === 0 || !simple || prepared.customResultMapper) return (values) => prepared.all(values);
  const fill = filling(prepared.query.params);
  const columns = fields.map(({ path, field }) => {
    const decoder = decoderOf(field);
    return { key: path[0] ?? "", decoder: asItIs(decoder) ? null : decoder };
  });
  const rowOf = (values: unknown[]): Record<string, unknown> => {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < columns.length; i++) {
      const { key, decoder } = columns[i] as (typeof columns)[0];
      const value = values[i];
      row[key] = value === null || !decoder ? value : decoder.mapFromDriverValue(value);
    }
    return row;
  };
  return (values) =>
    stmt
      .raw()
      .all(...fill(values))
      .map(rowOf);
}

/** What makes a field's value of SQLite's; undefined for the few fields that only Drizzle knows to read. */
function decoderOf(field: unknown): Decoder | undefined {
  if (is(field, Column)) return field;
  const expression = is(field, SQL.Aliased) ? field.sql : field;
  return is(expression, SQL) ? (expression as unknown as { decoder: Decoder }).decoder : undefined;
}

const asItIs = (decoder: Decoder | undefined): boolean =>
  decoder?.mapFromDriverValue === Column.prototype.mapFromDriverValue ||
  decoder?.mapFromDriverValue === noopDecoder.mapFromDriverValue;
