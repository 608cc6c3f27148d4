import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { NOON } from "../permissions/table.ts";

type Json = Record<string, unknown>;

/** Text that breaks what is built by sticking strings together, counts in the wrong unit, or trusts a name. */
const TEXTS = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\r\nset-cookie: a=b",
  "\ud800",
  "\u202Egnp.exe",
  "a\u0300".repeat(200),
  "🧨".repeat(60),
  "İıﬃß",
  "x".repeat(200),
  "x".repeat(5_000),
  "9".repeat(400),
  "../../../../etc/passwd",
  "..\\..\\windows",
  "/etc/passwd",
  "file:///etc/passwd",
  "http://169.254.169.254/latest/meta-data",
  "con.wav",
  "%00",
  "%",
  "_",
  "\\",
  "'; drop table calls; --",
  '" or 1=1',
  '"*" NEAR( AND OR NOT ^',
  "=1+1",
  "@SUM(A1)",
  "<script>alert(1)</script>",
  "${7*7}{{7*7}}",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "NaN",
  "1e309",
  "-0",
  "0x10",
  "٣",
  "team:",
  "site:\u0000",
  "0000-01-01",
  "9999-12-31",
  "2026-02-30",
  "9999-12-31T23:59:59.999Z",
  "0000-01-01T00:00:00Z",
];
const NUMBERS = [-1, 0, -0, 0.5, 1e-7, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e308, 86_400_001];
const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));
const THINGS: unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [null],
  [[[]]],
  nested(3_000),
  JSON.parse('{"__proto__":{"role":"admin"},"constructor":{"prototype":{}}}'),
  Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i])),
  Array.from({ length: 3_000 }, () => 1),
];

export const hostileText = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: "binary", maxLength: 300 }));
/** What no schema asks for. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(...NUMBERS),
  fc.constantFrom(...THINGS),
);

const EDGE_DAYS = ["0000-01-01", "1969-12-31", "1970-01-01", "2026-03-29", "2999-12-31", "9999-12-31"];
const EDGE_INSTANTS = [
  "0000-01-01T00:00:00Z",
  "1970-01-01T00:00:00Z",
  "2026-10-25T01:30:00Z",
  "2999-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59.999Z",
];
const nearly = (usual: fc.Arbitrary<string>, ...edges: string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...edges) });

const around = (ms: number): fc.Arbitrary<Date> =>
  fc.integer({ min: -ms, max: ms }).map((ms) => new Date(NOON.getTime() + ms));
const uuid = fc.nat().map(() => uuidv7());
const DAY = 86_400_000;

function text({ format, pattern, minLength = 0, maxLength = 200 }: Json): fc.Arbitrary<unknown> {
  if (format === "uuid") return uuid;
  if (format === "date")
    return nearly(
      around(400 * DAY).map((at) => at.toISOString().slice(0, 10)),
      ...EDGE_DAYS,
    );
  if (format === "date-time")
    return nearly(
      around(2 * DAY).map((at) => at.toISOString()),
      ...EDGE_INSTANTS,
    );
  if (format === "email") return uuid.map((id) => `${id}@example.com`);
  const bounds = { minLength: Number(minLength), maxLength: Math.min(Number(maxLength), 300) };
  // classes of characters that fast-check cannot make are those of names: letters of any script
  const simple = typeof pattern === "string" && !pattern.includes("\\p");
  if (simple) return fc.stringMatching(new RegExp(pattern)).map((made) => made.slice(0, bounds.maxLength));
  return fc.string({ unit: "grapheme", ...bounds });
}

/** Values that a JSON schema allows, or nearly so: what spans several fields it cannot tell. */
export function allowed(schema: Readonly<Json>): fc.Arbitrary<unknown> {
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  const choices = (schema["anyOf"] ?? schema["oneOf"]) as Json[] | undefined;
  if (choices) return fc.oneof(...choices.map(allowed));
  if (schema["type"] === "string") return text(schema);
  if (schema["type"] === "boolean") return fc.boolean();
  if (schema["type"] === "null") return fc.constant(null);
  if (schema["type"] === "integer" || schema["type"] === "number") {
    const { minimum = 0, maximum = 1000 } = schema as { minimum?: number; maximum?: number };
    return fc.integer({ min: Math.ceil(minimum), max: Math.floor(Math.min(maximum, 2 ** 40)) });
  }
  if (schema["type"] === "array") {
    const {
      items = {},
      minItems = 0,
      maxItems = 3,
    } = schema as { items?: Json; minItems?: number; maxItems?: number };
    return fc.array(allowed(items), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, 4)),
    });
  }
  if (schema["type"] === "object") {
    const { properties = {}, required = [] } = schema as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    const fields = Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, allowed(of)]));
    return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  }
  return fc.oneof(fc.string(), fc.nat());
}

/** What a part of the contract allows. */
export const valuesOf = (type: z.ZodType): fc.Arbitrary<unknown> =>
  allowed({ ...z.toJSONSchema(type, { io: "input", unrepresentable: "any" }) });

/** One change of a value at a place that `pick` leads to: another value, a field too many, one too few. */
export type Change = { pick: number; how: "replace" | "remove" | "add" | "wrap"; value: unknown };
export const change: fc.Arbitrary<Change> = fc.record({
  pick: fc.nat(),
  how: fc.constantFrom("replace", "replace", "replace", "remove", "add", "wrap"),
  value: hostile,
});

/** The value with the change in it; the value itself stays. */
export function changed(value: unknown, { pick, how, value: other }: Change): unknown {
  if (typeof value !== "object" || value === null) return how === "wrap" ? [value] : other;
  const keys = Object.keys(value);
  const key = keys[pick % (keys.length + 1)];
  const copy: Json | unknown[] = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  const set = (name: string, to: unknown) =>
    void Object.defineProperty(copy, name, {
      value: to,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  if (key === undefined || how === "add") {
    set(
      Array.isArray(copy) ? String(copy.length) : (["__proto__", "constructor", "extra"][pick % 3] ?? ""),
      other,
    );
    return copy;
  }
  const inner = (value as Json)[key];
  if (how === "remove") delete (copy as Json)[key];
  else if (how === "wrap") set(key, [inner]);
  else
    set(
      key,
      typeof inner === "object" && inner !== null
        ? changed(inner, { pick: pick >> 3, how, value: other })
        : other,
    );
  return copy;
}
