import type { ContactChange, ContactImport, ContactInput, KnownContact, Page } from "#contract";
import { json, queryString, type Query } from "../../api.ts";

type Format = "csv" | "xlsx";
const TYPES: Record<Format, string> = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
const formatOf = (file: File): Format => (/\.xlsx$/i.test(file.name) ? "xlsx" : "csv");

/** The server's routes of contacts. */
export const contactsApi = {
  list: (query: Query) => json<Page<KnownContact>>("GET", `/api/contacts${queryString(query)}`),
  add: (contact: ContactInput) => json<KnownContact>("POST", "/api/contacts", contact),
  change: (id: string, change: ContactChange) => json<KnownContact>("PATCH", `/api/contacts/${id}`, change),
  /** With `check` it only says what would become of each row. */
  bring: (file: File, check: boolean) => {
    const format = formatOf(file);
    const query = { format, check: check ? "true" : undefined };
    const body = new Blob([file], { type: TYPES[format] });
    return json<ContactImport>("POST", `/api/contacts/file${queryString(query)}`, body);
  },
};

/** Where the browser downloads all contacts from. */
export const exportUrl = (format: Format): string => `/api/contacts/file?format=${format}`;
