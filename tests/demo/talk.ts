import type { BuiltInDisposition, Side, TranscriptLine } from "#contract";
import type { Campaign } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { CLOSINGS, DETAILS, OBJECTIONS, OPENINGS, type Turns } from "./sentences.ts";

export type Talk = {
  lines: TranscriptLine[];
  /** What the customer objects, and when in the call. */
  objections: { text: string; atMs: number }[];
};
type Said = { side: Side; text: string; objection: boolean };

/** How long a sentence takes to say, in milliseconds: some 2.6 words a second. */
const spoken = (text: string): number => 350 + text.split(" ").length * 385;

/** What is said in a call of so many seconds: as many objections as fit, and the end that it came to. */
export function talk(
  of: {
    campaign: Campaign;
    disposition: BuiltInDisposition;
    seconds: number;
    agent: string;
    customer: string | undefined;
  },
  by: Chance,
): Talk {
  const closing = ending(of.disposition, of.customer === undefined);
  const room = of.seconds * 1000 - 1500;
  const said: Said[] = of.disposition === "no_answer" ? [] : turns(by.one(OPENINGS[of.campaign]), "agent");
  const left = [
    ...OBJECTIONS[of.campaign].map((texts) => turns(texts, "customer", true)),
    ...DETAILS[of.campaign].map((texts) => turns(texts, "agent")),
  ];
  while (left.length > 0 && of.disposition !== "no_answer") {
    const [more = []] = left.splice(by.whole(0, left.length - 1), 1);
    if (length([...said, ...more, ...closing]) <= room) said.push(...more);
  }
  const all = [...said, ...closing];
  // what fits, from the beginning; the silence that is left is shared out between the lines
  while (all.length > 1 && length(all) > room) all.splice(Math.max(1, all.length - closing.length - 1), 1);
  const silence = Math.max(250, (room - length(all)) / all.length);
  const names = (text: string) =>
    text
      .replaceAll("{agente}", of.agent.split(" ")[0] ?? of.agent)
      .replaceAll("{cliente}", of.customer?.split(" ")[0] ?? "");
  let at = 700;
  const lines = all.map(({ side, text }, n): TranscriptLine => {
    const fromMs = Math.round(at);
    const toMs = Math.round(fromMs + spoken(text));
    at = toMs + silence * (0.4 + 1.2 * by.next());
    return { n, side, text: names(text), fromMs, toMs };
  });
  const end = of.seconds * 1000;
  const fitting = lines.filter(({ toMs }) => toMs <= end);
  return {
    lines: fitting,
    objections: fitting.flatMap(({ n, text, toMs }) => (all[n]?.objection ? [{ text, atMs: toMs }] : [])),
  };
}

function ending(disposition: BuiltInDisposition, nameless: boolean): Said[] {
  const first: Side = disposition === "not_interested" || disposition === "other" ? "customer" : "agent";
  return turns(CLOSINGS[disposition], first).filter(({ text }) => !nameless || !text.includes("{cliente}"));
}

const turns = (texts: Turns, first: Side, objection = false): Said[] =>
  texts.map((text, i) => ({
    text,
    side: (i % 2 === 0) === (first === "agent") ? "agent" : "customer",
    objection: objection && i === 0,
  }));

const length = (said: Said[]): number => said.reduce((sum, { text }) => sum + spoken(text) + 250, 0);
