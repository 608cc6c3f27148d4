import { z } from "zod";
import { id, instant, sha256 } from "./common.ts";
import { dispositionCode, dispositionKind } from "./dispositions.ts";
import { audioFormat } from "./library.ts";
import { consentState } from "./privacy.ts";

/** Every part but the last has exactly this many bytes. */
export const PART_BYTES = 5_242_880;

/**
 * Seconds from the start of the recording during which a side was not captured, and why where that is known.
 * `card`: a payment card's number was said, and its sound was taken out afterwards.
 */
export const gap = z.object({
  side: z.enum(["agent", "customer", "both"]),
  from: z.number().min(0),
  to: z.number().min(0),
  why: z.enum(["lost", "paused", "muted", "wrong_device", "silent", "card"]).optional(),
});
export type Gap = z.infer<typeof gap>;

/** How much of each side was captured, 0 to 1. A pause that somebody asked for, or a card's number taken out, takes nothing away. */
export const completeness = z.object({ agent: z.number().min(0).max(1), customer: z.number().min(0).max(1) });
export type Completeness = z.infer<typeof completeness>;

/** Completeness by the gaps; `channels` 1 has no customer. Overlapping gaps of a side count once. */
export function completenessOf(durationSeconds: number, channels: number, gaps: Gap[]): Completeness {
  const side = (name: "agent" | "customer"): number => {
    if (name === "customer" && channels === 1) return 0;
    let [lost, until] = [0, 0];
    const wanted = ({ why }: Gap) => why === "paused" || why === "card";
    const own = gaps.filter((gap) => gap.side === name || (gap.side === "both" && !wanted(gap)));
    for (const { from, to } of own.toSorted((a, b) => a.from - b.from)) {
      lost += Math.max(0, to - Math.max(from, until));
      until = Math.max(until, to);
    }
    const share = durationSeconds > 0 ? 1 - lost / durationSeconds : 1;
    return Math.round(Math.max(0, share) * 1000) / 1000;
  };
  return { agent: side("agent"), customer: side("customer") };
}

/** How one side was captured: its loudest moment, how often its recorder ended, how far its clock was off. */
const sideCapture = z.object({
  peakDb: z.number().min(-96).max(1),
  restarts: z.int().min(0),
  /** In millionths; null for a call too short to tell. */
  driftPpm: z.int().nullable(),
});

/** What the tray knows of a finished WAV; it is the sidecar's content too. */
export const recordingMetadata = z.object({
  sampleRate: z.int().min(8000).max(192_000),
  /** 2: agent left, customer right. 1: only a microphone. */
  channels: z.union([z.literal(1), z.literal(2)]),
  bitsPerSample: z.literal(16),
  durationSeconds: z.number().min(0).max(86_400),
  bytes: z.int().min(44).max(4_294_967_295),
  sha256,
  gaps: z.array(gap).max(10_000).optional(),
  completeness: completeness.optional(),
  sides: z.object({ agent: sideCapture, customer: sideCapture }).partial().optional(),
  /** The tray's number of this call on its day, from 1. */
  number: z.int().min(1).max(99_999).optional(),
});
export type RecordingMetadata = z.infer<typeof recordingMetadata>;

export const part = z.object({ n: z.int().min(0), bytes: z.int(), sha256 });
export type Part = z.infer<typeof part>;
export const partNumber = z.coerce.number().int().min(0).max(9_999);
export const completion = z.object({
  parts: z.int().min(1).max(10_000),
  metadata: recordingMetadata,
});
export type Completion = z.infer<typeof completion>;
export const completed = z.object({ sha256, bytes: z.int() });

/** One row of «Grabaciones». */
export const recording = z.object({
  callId: id,
  agentId: id,
  agentName: z.string(),
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  startedAt: instant,
  durationSeconds: z.number(),
  bytes: z.int(),
  channels: z.int(),
  file: z.string(),
  disposition: dispositionCode.nullable(),
  dispositionName: z.string().nullable(),
  dispositionKind: dispositionKind.nullable(),
  campaign: z.string().nullable(),
  aiAsks: z.int(),
  /** Flags and comments in it. */
  marks: z.int(),
  /** Retention leaves it alone. */
  held: z.boolean(),
  format: audioFormat,
  consent: consentState,
  completeness,
  /** 28 peaks a channel, 0 to 100: the waveform of the list. */
  glance: z.array(z.array(z.int())),
});
export type Recording = z.infer<typeof recording>;

/** `peaks[channel][i]`: 0 to 100, evenly spaced over `durationSeconds`. */
export const peaks = z.object({
  durationSeconds: z.number(),
  peaks: z.array(z.array(z.int())),
});
export type Peaks = z.infer<typeof peaks>;

/** Windows takes these for devices, with any ending. */
export const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?$/i;

/**
 * A person's name made safe as a folder or a part of a file name on every file system.
 * Letters of any script, digits, spaces and `- _ ' .` stay; the rest becomes a space. Never empty, never
 * `.` or `..`, never a device name of Windows; at most 60 characters.
 */
export function safeName(name: string, otherwise: string): string {
  const words = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N} '_.-]/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+/, "");
  const cut = Array.from(words)
    .slice(0, 60)
    .join("")
    .replace(/[. ]+$/, "");
  if (cut === "") return otherwise;
  return DEVICE_NAME.test(cut) ? `_${cut}` : cut;
}

/**
 * Where a call's WAV lies below the recordings folder:
 * `<agente>/<contacto>/llamada_001_Juan García_20251122_143025.wav`.
 * @param startedAt local wall-clock time at the site, as `YYYYMMDD_HHMMSS`
 */
export function recordingPath(of: {
  agent: string;
  contact: string | null;
  phone: string | null;
  number: number;
  startedAt: string;
}): string {
  const contact = safeName(of.contact ?? of.phone ?? "", "Desconocido");
  const number = String(of.number).padStart(3, "0");
  return `${safeName(of.agent, "Agente")}/${contact}/llamada_${number}_${contact}_${of.startedAt}.wav`;
}
