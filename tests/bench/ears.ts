import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { probe } from "../../tray/ears/probe.ts";
import { sherpaEngine } from "../../tray/ears/sherpa.ts";
import type { SttEvent } from "../../tray/ports.ts";
import { eventually } from "../support/eventually.ts";
import { chunks, joined, RATE, SENTENCES, silence, spoken, toyModel } from "../support/speech.ts";
import type { Measure, Result } from "./measure.ts";

const SECONDS = 30;
const CHUNK_MS = 40;
const TICKS_A_SECOND = 100;

const cpuSeconds = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
};
const pssMegabytes = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) / 1024;
const median = (of: number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;

/** Both sides of a live call, each speaking half of the time, on the toy recogniser: what it takes and how late it is. */
export const measure: Measure = async () => {
  const events: { event: SttEvent; ms: number }[] = [];
  const session = sherpaEngine().open({
    model: toyModel(),
    sampleRate: RATE,
    onEvent: (event) => void events.push({ event, ms: performance.now() }),
  });
  try {
    await eventually("the recogniser", () => events.some(({ event }) => event.kind === "ready"));
    const said = await Promise.all(SENTENCES.map((sentence) => spoken(sentence)));
    const turns = said.flatMap((samples) => [samples, silence((samples.length / RATE) * 1000)]);
    const live = joined([silence(600), ...turns]).subarray(0, SECONDS * RATE);
    const pid = session.workerPid() ?? 0;
    const [beganMs, before, own] = [performance.now(), cpuSeconds(pid), process.cpuUsage()];
    for (const [samples, atMs] of chunks(live)) {
      await wait(Math.max(0, beganMs + atMs + CHUNK_MS - performance.now()));
      session.push("customer", samples, atMs);
      session.push("agent", samples, atMs);
    }
    const seconds = (performance.now() - beganMs) / 1000;
    const { user, system } = process.cpuUsage(own);
    const cpu = Math.round(((cpuSeconds(pid) - before) / seconds) * 1_000) / 10;
    const finals = events.flatMap(({ event, ms }) =>
      event.kind === "final" ? [ms - beganMs - event.toMs] : [],
    );
    const lags = events.flatMap(({ event }) => (event.kind === "stats" ? [event.lagMs] : []));
    const tray = Math.round(((user + system) / 1e6 / seconds) * 1_000) / 10;
    const late = Math.round(median(finals));
    const probed = await probe(toyModel());
    const results: Result[] = [
      {
        name: "ears cpu",
        value: cpu,
        unit: "% of a core, two live sides",
        goal: "<= 10",
        pass: cpu <= 10,
        against: {
          tray,
          pssMegabytes: Math.round(pssMegabytes(pid)),
          realTimeFactor: probed?.realTimeFactor.toFixed(4) ?? "none",
        },
      },
      {
        name: "ears final",
        value: late,
        unit: "ms after the last sound, median",
        goal: "<= 700",
        pass: late > 0 && late <= 700,
        against: { lines: finals.length, worst: Math.round(Math.max(...finals)) },
      },
      {
        name: "ears lag",
        value: Math.max(...lags),
        unit: "ms between sound and listening, worst",
        goal: "<= 1000",
        pass: Math.max(...lags) <= 1_000,
        against: { median: median(lags) },
      },
    ];
    return results;
  } finally {
    await session.close();
  }
};
