import { useLayoutEffect, useState, type FC } from "hono/jsx/dom";
import type { AgentDay, AgentRow, Call, Me } from "#contract";
import { api } from "../../api.ts";
import type { Board } from "../../board.ts";
import { officeApi } from "../../office.ts";
import { dayAt } from "../../ui/format.ts";
import { loadOutcomes } from "../../ui/outcomes.ts";
import type { Waiting } from "./callbacks.tsx";

type Found = { calls: Call[]; day: AgentDay | null; waiting: Call[]; settled: boolean; News?: FC | null };

/** This agent's own calls, time and callbacks: what was there when the page opened, with what came live. */
export function useToday(me: Me, board: Board, row: AgentRow | undefined) {
  const [found, setFound] = useState<Found>({ calls: [], day: null, waiting: [], settled: false });
  const put = (part: Partial<Found>): void => setFound((before) => ({ ...before, ...part }));
  // a failure shows as the lost connection of the live board, which brings the calls when it is back
  const failed = (): void => undefined;
  useLayoutEffect(() => {
    const day = dayAt(new Date(), me.timeZone);
    void Promise.allSettled([
      api.calls({ from: day, to: day, limit: 50 }).then(async ({ items }) => {
        put({ calls: items });
        await loadOutcomes(items[0]?.campaign ?? null);
      }, failed),
      officeApi.callbacks().then((waiting) => put({ waiting }), failed),
      officeApi.day(me.id).then((own) => put({ day: own }), failed),
    ]).then(() => put({ settled: true }));
  }, []);
  useLayoutEffect(() => {
    if (found.settled) officeApi.day(me.id).then((day) => put({ day }), failed);
  }, [row?.state, row?.reason, row?.calls, row?.sales]);
  useLayoutEffect(() => {
    // nothing draws the eye during a call, whose first load has no room for it either
    if (found.settled && row && row.state !== "on_call")
      void import("./news.tsx").then(async ({ newsOf }) => put({ News: await newsOf() })).catch(failed);
  }, [found.settled, row?.state]);
  useLayoutEffect(() => {
    // they are there when the call ends
    if (row?.callId) void loadOutcomes(board.calls.find(({ id }) => id === row.callId)?.campaign ?? null);
  }, [row?.callId]);
  const byId = new Map(found.calls.map((call) => [call.id, call]));
  for (const call of board.calls) byId.set(call.id, call);
  const calls = [...byId.values()].toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  const all = new Map([...found.waiting, ...byId.values()].map((call) => [call.id, call]));
  const waiting = [...all.values()]
    .flatMap((call): Waiting[] =>
      call.callbackAt === null ? [] : [{ ...call, callbackAt: call.callbackAt }],
    )
    .toSorted((a, b) => a.callbackAt.localeCompare(b.callbackAt));
  /** The call as the server has it after a change. */
  const putCall = (call: Call): void =>
    setFound((before) => ({
      ...before,
      calls: [call, ...before.calls.filter(({ id }) => id !== call.id)],
      waiting: before.waiting.map((one) => (one.id === call.id ? call : one)),
    }));
  return { ...found, calls, waiting, putCall };
}
