import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { stringify } from "csv-stringify/sync";
import type { z } from "zod";
import type { ContactImport, contactImportQuery, KnownContact, Language } from "#contract";
import type { Audit } from "../audit/audit.ts";
import { isUniqueViolation } from "../db/violations.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import { sheetOf } from "../exports/sheet.ts";
import type { Actor } from "../http/context.ts";
import { headings, safeCell } from "./columns.ts";
import { contactScope, searchTextOf, toContact } from "./contacts.ts";
import { clash, entryOf, shapeOf, type Entry, type Mistake } from "./entries.ts";
import { phoneReader } from "./phones.ts";
import { contactQueries, type ContactEdit, type NewContact } from "./queries.ts";
import { readFile } from "./read-file.ts";
import { texts } from "./texts.ts";

export type ContactFiles = ReturnType<typeof createContactFiles>;
type Place = { teamId: string; siteId: string };
type Planned = {
  added: (NewContact & { phones: string[] })[];
  changed: { id: string; edit: ContactEdit }[];
  same: number;
  mistakes: Mistake[];
};

/** Rows that are written together: few enough that calls have their turn between. */
const BATCH = 200;
const PAGE = 500;
const MOST_MISTAKES = 1000;

/** Contacts as files, in and out. A phone says which contact a row is; importing a file twice changes nothing. */
export function createContactFiles(
  { store, clock, newId, config }: Deps,
  { audit }: { audit: Pick<Audit, "note"> },
) {
  const queries = contactQueries(store);
  const readPhone = phoneReader(config.COUNTRY);

  /** @throws not_found for a team that does not exist or is not theirs */
  async function placeOf(actor: Actor, team: string | undefined): Promise<Place> {
    if (team === undefined) return { teamId: actor.teamId, siteId: actor.siteId };
    const scope = contactScope(actor);
    const found = await queries.teamByName(team);
    const mine = scope.by === "all" || (scope.by === "teams" && scope.ids.includes(found?.id ?? ""));
    if (!found || !mine) throw new AppError("not_found");
    return { teamId: found.id, siteId: found.siteId };
  }

  /** What these rows would make of the team's contacts. */
  async function plan(entries: Entry[], { teamId, siteId }: Place, language: Language): Promise<Planned> {
    const holders = await queries.holders(
      teamId,
      entries.flatMap(({ phones }) => phones),
    );
    const holderOf = new Map(holders.flatMap((holder) => holder.phones.map((phone) => [phone, holder])));
    const planned: Planned = { added: [], changed: [], same: 0, mistakes: [] };
    const now = clock();
    for (const entry of entries) {
      const { name, notes, phones } = entry;
      const [holder, another] = [...new Set(phones.flatMap((phone) => holderOf.get(phone) ?? []))];
      if (another) {
        planned.mistakes.push(clash(entry, texts[language].twoContacts, language));
        continue;
      }
      if (!holder) {
        const dates = { createdAt: now, updatedAt: now, lastCallAt: null };
        const searchText = searchTextOf(name, phones);
        planned.added.push({ id: newId(), teamId, siteId, name, notes, phones, searchText, ...dates });
        continue;
      }
      const next = {
        name: name || holder.contact.name,
        notes: notes || holder.contact.notes,
        phones: [...new Set([...holder.phones, ...phones])],
      };
      const more = next.phones.length > holder.phones.length;
      if (!more && next.name === holder.contact.name && next.notes === holder.contact.notes) planned.same++;
      else {
        const searchText = searchTextOf(next.name, next.phones);
        const edit = { name: next.name, notes: next.notes, searchText, updatedAt: now };
        planned.changed.push({
          id: holder.contact.id,
          edit: more ? { ...edit, phones: next.phones } : edit,
        });
        // another row of the file may be of the same contact
        Object.assign(holder.contact, { name: next.name, notes: next.notes });
        holder.phones = next.phones;
      }
    }
    return planned;
  }

  /** Writes a batch; where a call made one of its contacts meanwhile, it is planned once more. */
  async function take(entries: Entry[], place: Place, language: Language, check: boolean): Promise<Planned> {
    for (let tries = 0; ; tries++) {
      const planned = await plan(entries, place, language);
      if (check || planned.added.length + planned.changed.length === 0) return planned;
      try {
        await queries.takeAll(place.teamId, planned.added, planned.changed);
        return planned;
      } catch (error) {
        if (!isUniqueViolation(error) || tries === 2) throw error;
      }
    }
  }

  return {
    /**
     * Takes what is right in a file and names what is not; rows are whole or not at all.
     * @throws not_found, import_invalid, file_too_large; nothing was taken then
     */
    async bring(
      actor: Actor,
      bytes: Uint8Array,
      { format, check, team }: z.output<typeof contactImportQuery>,
      language: Language,
    ): Promise<ContactImport> {
      const place = await placeOf(actor, team);
      const [head, ...rows] = await readFile(bytes, format, language);
      const shape = shapeOf(head, language);
      const result: ContactImport = { added: 0, changed: 0, same: 0, wrong: 0, errors: [] };
      const firstRow = new Map<string, number>();
      const wrong = (mistakes: Mistake[]): void => {
        result.wrong += mistakes.length;
        result.errors.push(...mistakes.slice(0, MOST_MISTAKES - result.errors.length));
      };
      for (let at = 0; at < rows.length; at += BATCH) {
        const entries: Entry[] = [];
        for (const row of rows.slice(at, at + BATCH)) {
          const entry = entryOf(row, shape, readPhone, language);
          if ("message" in entry) {
            wrong([entry]);
            continue;
          }
          const before = entry.phones.find((phone) => firstRow.has(phone));
          for (const phone of entry.phones) if (!firstRow.has(phone)) firstRow.set(phone, row.row);
          if (before === undefined) entries.push(entry);
          else wrong([clash(entry, texts[language].twice(firstRow.get(before) ?? 0), language)]);
        }
        const { added, changed, same, mistakes } = await take(entries, place, language, check);
        result.added += added.length;
        result.changed += changed.length;
        result.same += same;
        wrong(mistakes);
        await turn();
      }
      if (!check) {
        const digest = createHash("sha256").update(bytes).digest("hex");
        const subject = { kind: "team", id: place.teamId } as const;
        await audit.note(actor, { action: "contacts_imported", subject, digest });
      }
      return { ...result, errors: result.errors.toSorted((a, b) => a.row - b.row) };
    },

    /** All contacts that the actor sees, written while they are read; noted before the first. */
    async write(
      actor: Actor,
      format: "csv" | "xlsx",
      language: Language,
    ): Promise<ReadableStream<Uint8Array>> {
      await audit.note(actor, { action: "contacts_exported" });
      const contacts = everyone(actor);
      if (format === "csv") return Readable.toWeb(Readable.from(csvOf(contacts, language)));
      const columns = headings(language).map((header, i) => ({ header, width: [28, 34, 50, 20][i] ?? 20 }));
      const name = language === "es" ? "Contactos" : "Contacts";
      return sheetOf({ name, columns, rows: cellsOf(contacts) });
    },
  };

  async function* everyone(actor: Actor): AsyncGenerator<KnownContact[]> {
    for (let after: { name: string; id: string } | null = null; ;) {
      const rows = await queries.page(contactScope(actor), [], after, PAGE);
      yield rows.map(toContact);
      after = rows.at(-1)?.contact ?? null;
      if (rows.length < PAGE) return;
    }
  }
}

const cells = ({ name, phones, notes, team }: KnownContact): string[] => [
  name,
  phones.join(", "),
  notes,
  team,
];

async function* cellsOf(pages: AsyncIterable<KnownContact[]>): AsyncGenerator<string[]> {
  for await (const page of pages) yield* page.map(cells);
}

/** As Excel opens it with a double click: with a mark, and in Spanish with semicolons. */
async function* csvOf(pages: AsyncIterable<KnownContact[]>, language: Language): AsyncGenerator<Uint8Array> {
  const options = { delimiter: language === "es" ? ";" : ",", quoted_string: true, record_delimiter: "\r\n" };
  const written = (rows: string[][]) => new TextEncoder().encode(stringify(rows, options));
  yield new TextEncoder().encode(`\uFEFF${stringify([headings(language)], options)}`);
  for await (const page of pages) yield written(page.map((contact) => cells(contact).map(safeCell)));
}
