import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { en as accessEn } from "../../web/i18n/access.en.ts";
import { es as accessEs } from "../../web/i18n/access.es.ts";
import { en as alertsEn } from "../../web/i18n/alerts.en.ts";
import { es as alertsEs } from "../../web/i18n/alerts.es.ts";
import { en as auditEn } from "../../web/i18n/audit.en.ts";
import { es as auditEs } from "../../web/i18n/audit.es.ts";
import { en as dayEn } from "../../web/i18n/day.en.ts";
import { es as dayEs } from "../../web/i18n/day.es.ts";
import { en as outcomeEn } from "../../web/i18n/outcome.en.ts";
import { es as outcomeEs } from "../../web/i18n/outcome.es.ts";
import { en as teamEn } from "../../web/i18n/team.en.ts";
import { es as teamEs } from "../../web/i18n/team.es.ts";
import { en as timeEn } from "../../web/i18n/time.en.ts";
import { es as timeEs } from "../../web/i18n/time.es.ts";
import { en as emptyEn } from "../../web/i18n/empty.en.ts";
import { es as emptyEs } from "../../web/i18n/empty.es.ts";
import { en as operationEn } from "../../web/i18n/operation.en.ts";
import { es as operationEs } from "../../web/i18n/operation.es.ts";
import { en as keepingEn } from "../../web/i18n/keeping.en.ts";
import { es as keepingEs } from "../../web/i18n/keeping.es.ts";
import { en as consentEn } from "../../web/i18n/consent.en.ts";
import { es as consentEs } from "../../web/i18n/consent.es.ts";
import { en as privacyEn } from "../../web/i18n/privacy.en.ts";
import { es as privacyEs } from "../../web/i18n/privacy.es.ts";
import { en as rightsEn } from "../../web/i18n/rights.en.ts";
import { es as rightsEs } from "../../web/i18n/rights.es.ts";
import { en as contactsEn } from "../../web/i18n/contacts.en.ts";
import { es as contactsEs } from "../../web/i18n/contacts.es.ts";
import { en as assistEn } from "../../web/i18n/assist.en.ts";
import { es as assistEs } from "../../web/i18n/assist.es.ts";
import { en } from "../../web/i18n/en.ts";
import { es } from "../../web/i18n/es.ts";
import { en as exportsEn } from "../../web/i18n/exports.en.ts";
import { es as exportsEs } from "../../web/i18n/exports.es.ts";
import { en as figuresEn } from "../../web/i18n/figures.en.ts";
import { es as figuresEs } from "../../web/i18n/figures.es.ts";
import { en as houseEn } from "../../web/i18n/house.en.ts";
import { es as houseEs } from "../../web/i18n/house.es.ts";
import { en as officeEn } from "../../web/i18n/office.en.ts";
import { es as officeEs } from "../../web/i18n/office.es.ts";
import { en as playerEn } from "../../web/i18n/player.en.ts";
import { es as playerEs } from "../../web/i18n/player.es.ts";
import { en as recordingsEn } from "../../web/i18n/recordings.en.ts";
import { es as recordingsEs } from "../../web/i18n/recordings.es.ts";
import { en as saidEn } from "../../web/i18n/said.en.ts";
import { es as saidEs } from "../../web/i18n/said.es.ts";
import { en as talkEn } from "../../web/i18n/talk.en.ts";
import { es as talkEs } from "../../web/i18n/talk.es.ts";
import { en as trendsEn } from "../../web/i18n/trends.en.ts";
import { es as trendsEs } from "../../web/i18n/trends.es.ts";

const web = join(import.meta.dirname, "../../web");

/** Every text by its path; a function with how many values it takes. */
function keysOf(texts: object, path = ""): string[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === "object" && value !== null) return keysOf(value, `${path}${key}.`);
    return typeof value === "function" ? `${path}${key}(${value.length})` : `${path}${key}`;
  });
}

/** Every text itself; functions are given their own parameters' places. */
function textsOf(texts: object): string[] {
  return Object.values(texts).flatMap((value: unknown) => {
    if (typeof value === "string") return value;
    if (typeof value === "function") return String(Reflect.apply(value, null, ["…", "…", "…"]));
    return textsOf(value as object);
  });
}

for (const [name, spanish, english] of [
  ["the board", es, en],
  ["the copilot", assistEs, assistEn],
  ["the house's models and playbooks", houseEs, houseEn],
  ["sign-in, set-up and administration", officeEs, officeEn],
  ["what was said", saidEs, saidEn],
  ["who spoke how much", talkEs, talkEn],
  ["exports", exportsEs, exportsEn],
  ["the recordings", recordingsEs, recordingsEn],
  ["a recording that is listened to", playerEs, playerEn],
  ["a number that is opened", figuresEs, figuresEn],
  ["passwords, sessions and keys", accessEs, accessEn],
  ["the trends", trendsEs, trendsEn],
  ["contacts", contactsEs, contactsEn],
  ["how the company works", operationEs, operationEn],
  ["how long things are kept", keepingEs, keepingEn],
  ["a company that has just begun", emptyEs, emptyEn],
  ["what needs somebody", alertsEs, alertsEn],
  ["an agent's day", dayEs, dayEn],
  ["how a call went", outcomeEs, outcomeEn],
  ["the team", teamEs, teamEn],
  ["time and its corrections", timeEs, timeEn],
  ["who did what", auditEs, auditEn],
  ["consent", consentEs, consentEn],
  ["privacy", privacyEs, privacyEn],
  ["what a person may ask for", rightsEs, rightsEn],
] as const)
  test(`the texts of ${name} are the same in both languages`, () => {
    assert.deepEqual(keysOf(english).toSorted(), keysOf(spanish).toSorted());
    assert.deepEqual(
      [...textsOf(spanish), ...textsOf(english)].filter((text) => text.trim() === ""),
      [],
      "a text is empty",
    );
  });

test("no page has texts of its own", () => {
  const files = globSync("**/*.tsx", { cwd: web }).filter((file) => !file.startsWith("dist"));
  const found = files.flatMap((file) => {
    const source = readFileSync(join(web, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    const between = source.matchAll(/<\/?[a-zA-Z][^<>]*>([^<>{}]*\p{L}{2}[^<>{}]*)<\/?[a-zA-Z]/gu);
    const attributes = source.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"]*)"/g);
    return (
      [...between, ...attributes]
        .map(([, text = ""]) => text.trim())
        // what has these is code between two angle brackets
        .filter((text) => !/[;=(){}']/.test(text))
        .map((text) => `${file}: ${text}`)
    );
  });
  assert.deepEqual(found, [], "put it into web/i18n");
});

test("every text is used", () => {
  const files = globSync("**/*.{ts,tsx}", { cwd: web }).filter((file) => !/^(dist|i18n)/.test(file));
  const source = files.map((file) => readFileSync(join(web, file), "utf8")).join("\n");
  const computed =
    /^(disposition|state|languages|kinds|formats|periods|pull|history\.actions|playbooks\.formats|units|setup\.(admin|people|pair)$|admin\.roles|length$|hidden|means|ears\.points|keys\.(scope|means)|denominators|ai\.|groups\.|deeds|settings|from\.|faults|backupKinds|sorts|voices|lost|fields|goals|inState|added$|changed$|same$|asksFor|consent\.|missing|keyOf|sales$|calls$)/;
  const unused = [
    ...keysOf(es),
    ...keysOf(assistEs),
    ...keysOf(houseEs),
    ...keysOf(officeEs),
    ...keysOf(saidEs),
    ...keysOf(talkEs),
    ...keysOf(exportsEs),
    ...keysOf(contactsEs),
    ...keysOf(recordingsEs),
    ...keysOf(playerEs),
    ...keysOf(figuresEs),
    ...keysOf(trendsEs),
    ...keysOf(accessEs),
    ...keysOf(operationEs),
    ...keysOf(emptyEs),
    ...keysOf(alertsEs),
    ...keysOf(dayEs),
    ...keysOf(outcomeEs),
    ...keysOf(teamEs),
    ...keysOf(timeEs),
    ...keysOf(auditEs),
    ...keysOf(keepingEs),
    ...keysOf(consentEs),
    ...keysOf(privacyEs),
    ...keysOf(rightsEs),
  ]
    .map((key) => key.replace(/\(\d\)$/, ""))
    .filter((key) => !computed.test(key) && !new RegExp(`\\b${key.split(".").at(-1)}\\b`).test(source));
  assert.deepEqual(unused, []);
});

test("every class of the styles is used", () => {
  const css = globSync("{ui,assist,admin,mobile}/**/*.css", { cwd: web }).map((file) =>
    readFileSync(join(web, file), "utf8"),
  );
  const source = globSync("{ui,mobile,assist,admin,account,login,setup}/**/*.{ts,tsx}", { cwd: web })
    .map((file) => readFileSync(join(web, file), "utf8"))
    .join("\n");
  const names = new Set(
    css
      .join("\n")
      .replace(/@import.*|\/\*[\s\S]*?\*\//g, "")
      .match(/(?<=\.)[a-z][\w-]*(?=[^{}]*\{)/g),
  );
  // uPlot's own, and the states whose class is made of their name
  const made = /^(u-|uplot|s-)/;
  const unused = [...names].filter(
    (name) => !made.test(name) && !new RegExp(`["'\`\\s]${String(name)}["'\`\\s$]`).test(source),
  );
  assert.deepEqual(unused, []);
});
