import { dayAt } from "../../ui/format.ts";
import { filterOf, type Wanted } from "./wanted.ts";

/** What of it an export can be narrowed to, and its days: the last thirty where none are chosen. */
export function exportOf(wanted: Wanted, timeZone: string, now: Date) {
  const { agent, campaign, disposition } = wanted;
  const when = wanted.when === "" ? "month" : wanted.when;
  const { from, to } = filterOf({ ...wanted, when }, timeZone, now);
  const today = dayAt(now, timeZone);
  return { narrowed: { agent, campaign, disposition }, span: { from: from ?? to ?? today, to: to ?? today } };
}
