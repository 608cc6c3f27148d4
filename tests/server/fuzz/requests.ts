import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { endpoints, PART_BYTES, type Endpoint } from "#contract";
import type { Company, Person } from "../permissions/company.ts";
import { rows } from "../permissions/rows.ts";
import { ADMITS, endpointOf, WHO, type Named, type Row, type Sent, type Who } from "../permissions/table.ts";
import { change, changed, hostileText, valuesOf, type Change } from "./values.ts";

/** A request before its ids are known. */
export type Plan = {
  route: string;
  /** Which of the route's rows in the table of permissions. */
  row: number;
  who: Who;
  owner: keyof Company["people"];
  method: string;
  /** Fills the path instead of an id. */
  param: string | null;
  query: Record<string, unknown>;
  moreQuery: string;
  /** Made of the schema; null sends what the table of permissions sends. */
  body: unknown;
  changes: Change[];
  damage: (typeof DAMAGES)[number];
  headers: Record<string, string>;
};

const DAMAGES = ["none", "cut", "not utf-8", "bom", "empty", "too large", "too deep", "bytes"] as const;
const damage = fc.oneof(
  { weight: 12, arbitrary: fc.constant("none" as const) },
  { weight: 3, arbitrary: fc.constantFrom(...DAMAGES) },
);

/** Characters that a header may have on the wire; Request refuses the others by itself. */
const headerText = fc.string({
  unit: fc.constantFrom(...Array.from("abz019 =;,-_:/*\"'()<>\u00e9\u00ff%{}[]\t")),
  maxLength: 80,
});
const header = fc.oneof(
  fc.tuple(
    fc.constant("range"),
    fc.constantFrom(
      "bytes=0-0",
      "bytes=-1",
      "bytes=-0",
      "bytes=9-1",
      "bytes=0-1,3-4",
      "bytes=99999999999999999999-",
      "lines=1",
    ),
  ),
  fc.tuple(
    fc.constant("content-type"),
    fc.constantFrom(
      "",
      "text/plain",
      "application/json; charset=utf-16",
      "application/jsonx",
      "multipart/form-data",
      "x/y;",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
  ),
  fc.tuple(
    fc.constant("content-digest"),
    fc.constantFrom("sha-256=:AAAA:", "md5=:AAAA:", `sha-256=:${"A".repeat(44)}:`),
  ),
  fc.tuple(fc.constant("content-encoding"), fc.constantFrom("gzip", "br", "x")),
  fc.tuple(fc.constant("content-length"), fc.constantFrom("0", "-1", "x", "99999999999")),
  fc.tuple(
    fc.constant("origin"),
    fc.constantFrom("null", "https://evil.example", "http://localhost:5000.evil.example"),
  ),
  fc.tuple(
    fc.constantFrom(
      "accept-language",
      "if-none-match",
      "accept",
      "x-forwarded-for",
      "x-forwarded-proto",
      "cookie",
      "authorization",
      "user-agent",
    ),
    headerText,
  ),
);

const METHODS = ["HEAD", "OPTIONS", "GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"];
/** A password takes a third of a second, whatever is wrong with it: those routes get fewer. */
const hashes = ({ body }: Endpoint): boolean =>
  typeof body === "object" && "shape" in body && "password" in (body.shape as object);

function planOf(route: string, endpoint: Endpoint, row: number): fc.Arbitrary<Plan> {
  const { method, who, query, body, params } = endpoint;
  const rare = <T>(often: T, arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 8, arbitrary: fc.constant(often) }, { weight: 1, arbitrary });
  return fc.record({
    route: fc.constant(route),
    row: fc.constant(row),
    who: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...ADMITS[who]) },
      { weight: 1, arbitrary: fc.constantFrom(...WHO) },
    ),
    owner: fc.constantFrom("maria", "luis", "elena", "ana", "pablo", "carla", "eva"),
    method: fc.oneof(
      { weight: 30, arbitrary: fc.constant(method.toUpperCase()) },
      { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
    ),
    param: params ? rare<string | null>(null, hostileText) : fc.constant(null),
    query: query ? (valuesOf(query) as fc.Arbitrary<Record<string, unknown>>) : fc.constant({}),
    moreQuery: rare(
      "",
      fc.constantFrom("limit=1&limit=2", "limit[]=1", "__proto__[a]=b", "%zz", "a=%00", "=&&=", "q=%ff%fe"),
    ),
    body: typeof body === "object" ? fc.option(valuesOf(body), { nil: null }) : fc.constant(null),
    changes: fc.oneof(fc.constant([]), fc.array(change, { minLength: 1, maxLength: 3 })),
    damage,
    headers: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc
          .array(header, { maxLength: 3 })
          .map((pairs) => Object.fromEntries(pairs) as Record<string, string>),
      },
    ),
  }) as fc.Arbitrary<Plan>;
}

const rowsOf = (route: string): Row[] => [rows[route] ?? {}].flat();

/** Requests to every route of the contract, as often to each, with more and less sense. */
export const plans: fc.Arbitrary<Plan> = fc.oneof(
  ...endpoints.map((endpoint) => {
    const route = `${endpoint.method.toUpperCase()} ${endpoint.path}`;
    const known = rowsOf(route);
    return {
      weight: hashes(endpoint) ? 1 : 12,
      arbitrary: fc.oneof(...known.map((_, row) => planOf(route, endpoint, row))),
    };
  }),
);

export type Ready = {
  method: string;
  path: string;
  body: string | Uint8Array | undefined;
  headers: Record<string, string>;
};

/** The request itself. Whoever is changed or removed is somebody who sends none. */
export async function ready(plan: Plan, company: Company): Promise<Ready> {
  const { route, method, headers } = plan;
  const endpoint = endpointOf(route) ?? assert.fail(route);
  const row = rowsOf(route)[plan.row] ?? {};
  const kind = row.of ?? "agent";
  const { pablo, carla, eva } = company.people;
  const owner: Person =
    kind === "agent" ? ([pablo, carla, eva][plan.owner.length % 3] ?? eva) : company.people[plan.owner];
  const named = await company.thing(kind, owner, false);
  const sent = row.send?.(named) ?? {};
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encode(plan.param ?? named.params[name] ?? named.id),
  );
  const query = queryOf(plan, sent);
  const bodiless = ["GET", "HEAD", "OPTIONS", "DELETE"].includes(method);
  const body = bodiless ? undefined : bodyOf(plan, endpoint, sent, named);
  return {
    method,
    path: query === "" ? path : `${path}?${query}`,
    body,
    headers: {
      ...(typeof body === "string" && { "content-type": "application/json" }),
      ...(body instanceof Uint8Array && digestOf(body)),
      ...sent.headers,
      ...headers,
    },
  };
}

/** Percent-encodes also what is no text: a lone surrogate. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
const digestOf = (bytes: Uint8Array) => ({
  "content-digest": `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`,
});

function queryOf({ query, moreQuery, changes, body }: Plan, sent: Sent): string {
  if (body === null && sent.query !== undefined && changes.length === 0) return encodeURI(sent.query);
  const wanted = changes.reduce<unknown>(changed, query);
  const pairs = Object.entries(typeof wanted === "object" && wanted !== null ? wanted : {}).map(
    ([name, value]) =>
      `${encode(name)}=${encode(typeof value === "string" ? value : (JSON.stringify(value) ?? "").slice(0, 4_000))}`,
  );
  return [...pairs, moreQuery].filter((part) => part !== "").join("&");
}

function bodyOf(
  { body, changes, damage }: Plan,
  endpoint: Endpoint,
  sent: Sent,
  { wav }: Named,
): string | Uint8Array {
  if (damage === "empty") return "";
  if (damage === "bytes") return Uint8Array.from({ length: 700 }, (_, i) => (i * 7919) & 255);
  if (damage === "too deep") return `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  if (damage === "too large")
    return endpoint.body === "audio" ? new Uint8Array(PART_BYTES + 1) : `"${"x".repeat(70_000)}"`;
  const whole = body ?? sent.body ?? wav?.bytes ?? null;
  if (whole instanceof Uint8Array) return damage === "cut" ? whole.subarray(0, whole.length >> 1) : whole;
  const text =
    typeof whole === "string" && typeof endpoint.body === "string"
      ? whole
      : (JSON.stringify(changes.reduce<unknown>(changed, whole)) ?? "");
  if (damage === "cut") return text.slice(0, text.length >> 1);
  if (damage === "bom") return `\ufeff${text}`;
  return damage === "not utf-8" ? Buffer.from(`${text}é`, "latin1") : text;
}
