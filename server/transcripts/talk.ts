import type { Side, Talk, TranscriptLine } from "#contract";

type Line = Pick<TranscriptLine, "side" | "text" | "fromMs" | "toMs">;
type Span = { from: number; to: number };

/** A side that goes on after a pause of at most this is in the same turn: people breathe and think. */
const PAUSE_MS = 2_000;
/** Turns overlap by a little wherever people talk. Who is interrupted had at least this much still to say. */
const OVERLAP_MS = 500;

/**
 * What shows that somebody listens, in both languages. It takes no turn: it neither interrupts nor ends a monologue.
 * At most three of them; more is something that is being said.
 */
const LISTENING =
  /^(?:(?:s[ií]|aj[aá]|aj[aá]m|ya|vale|claro|ok|okey|okay|bien|bueno|exacto|correcto|perfecto|entiendo|comprendo|de acuerdo|por supuesto|eh|ah|oh|uh|m+|u?hm+|m+hm+|u[hm] ?hu[hm]|yes|yeah|yep|right|sure|got it|i see) ?){1,3}$/;

/**
 * Talk metrics from the times of lines, the same whatever their order. Each side's speech is what its lines cover,
 * overlaps once. A turn is one side's lines with pauses of at most 2 s, until the other side begins a line of its
 * own; the longest monologue is the longest turn, pauses included. An interruption is a turn of the agent's that
 * begins inside a line of the customer's, at least 0.5 s before that ends. Silence is what no line covers, between
 * the first word and the last.
 */
export function talkOf(lines: Line[]): Talk | null {
  if (lines.length === 0) return null;
  const ofSide = (side: Side) => lengthOf(lines.filter((line) => line.side === side).map(spanOf));
  const [agent, customer] = [ofSide("agent"), ofSide("customer")];
  const all = lines.map(spanOf);
  const whole = Math.max(...all.map(({ to }) => to)) - Math.min(...all.map(({ from }) => from));
  const turns = turnsOf(lines.filter(({ text }) => !isListening(text)));
  const heard = lines.filter(({ side }) => side === "customer");
  const interruptions = turns.filter(
    ({ side, from }) =>
      side === "agent" && heard.some(({ fromMs, toMs }) => fromMs < from && toMs - from >= OVERLAP_MS),
  );
  return {
    agentSeconds: agent / 1000,
    customerSeconds: customer / 1000,
    silenceSeconds: (whole - lengthOf(all)) / 1000,
    talkRatio: agent + customer > 0 ? agent / (agent + customer) : null,
    longestMonologueSeconds: Math.max(0, ...turns.map(({ from, to }) => to - from)) / 1000,
    interruptions: interruptions.length,
  };
}

const spanOf = ({ fromMs, toMs }: Line): Span => ({ from: fromMs, to: toMs });

const isListening = (text: string): boolean =>
  LISTENING.test(
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim(),
  );

/** How much time spans cover; what several cover counts once. */
function lengthOf(spans: Span[]): number {
  let [length, until] = [0, 0];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    length += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return length;
}

function turnsOf(lines: Line[]): (Span & { side: Side })[] {
  const turns: (Span & { side: Side })[] = [];
  // the agent's first where both begin at once: then nobody was interrupted
  const inOrder = lines.toSorted((a, b) => a.fromMs - b.fromMs || a.side.localeCompare(b.side));
  for (const { side, fromMs, toMs } of inOrder) {
    const turn = turns.at(-1);
    if (turn?.side === side && fromMs - turn.to <= PAUSE_MS) turn.to = Math.max(turn.to, toMs);
    else turns.push({ side, from: fromMs, to: toMs });
  }
  return turns;
}
