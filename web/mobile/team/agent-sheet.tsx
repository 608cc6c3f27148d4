import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AgentDay, AgentRow, Call, Correction, Me, Problem, Stretch } from "#contract";
import { api, problemOf } from "../../api.ts";
import { alerts as alertTexts } from "../../i18n/alerts.ts";
import { team as texts } from "../../i18n/team.ts";
import { time as timeTexts } from "../../i18n/time.ts";
import { officeApi } from "../../office.ts";
import { Elapsed } from "../../ui/elapsed.tsx";
import { dayAt, initials, maskPhone, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { useNow } from "../../ui/now.ts";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { StateTag } from "../../ui/state.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { lostVoice } from "../alerts/lost-voice.ts";
import { CorrectCall } from "../time/correct-call.tsx";
import { Corrections } from "../time/corrections.tsx";
import { CorrectState, type StateDraft } from "../time/correct-state.tsx";
import { DayBar } from "../time/day-bar.tsx";
import { Stretches } from "../time/stretches.tsx";
import { AgentFigures } from "./agent-figures.tsx";
import { LastCalls } from "./last-calls.tsx";

type Found = { day: AgentDay | null; calls: Call[] | null; problem: Problem | null };

/** An agent's day and calls of today; asked for again when the state or a figure changes. */
function useToday(agent: AgentRow, me: Me) {
  const [found, setFound] = useState<Found>({ day: null, calls: null, problem: null });
  const load = (): void => {
    const day = dayAt(new Date(), me.timeZone);
    Promise.all([officeApi.day(agent.id), api.calls({ agent: agent.id, from: day, to: day, limit: 8 })]).then(
      ([own, { items }]) => setFound({ day: own, calls: items, problem: null }),
      (error: unknown) => setFound((before) => ({ ...before, problem: problemOf(error) })),
    );
  };
  useLayoutEffect(load, [agent.id, agent.state, agent.calls]);
  return { ...found, load, putDay: (day: AgentDay) => setFound((before) => ({ ...before, day })) };
}

/** An agent's contact is a name or a phone; phones are masked. */
const contactOf = (contact: string): string =>
  /^[+0-9 ()./-]+$/.test(contact) ? maskPhone(contact) : contact;

type Correcting =
  | { what: "state"; draft: StateDraft }
  | { what: "call"; call: Call; proposed: { disposition: string | null; saleAmount: number | null } };

const draftOf = ({ stateId, state, reason, from }: Stretch & { stateId: string }): StateDraft => ({
  stateId,
  state: state === "paused" || state === "offline" ? state : "available",
  reason,
  since: from,
});

/** The form that corrects back: it proposes what was there before. */
function undoing({ kind, subjectId, before, after }: Correction, calls: Call[]): Correcting | null {
  const was = { ...after, ...before };
  const words = (value: unknown): string | null => (typeof value === "string" ? value : null);
  if (kind === "state") {
    const state = was["state"];
    return {
      what: "state",
      draft: {
        stateId: subjectId,
        state: state === "paused" || state === "offline" ? state : "available",
        reason: words(was["reason"]),
        since: words(was["since"]),
      },
    };
  }
  const call = calls.find(({ id }) => id === subjectId);
  if (!call) return null;
  const amount = "saleAmount" in before ? before["saleAmount"] : call.saleAmount;
  return {
    what: "call",
    call,
    proposed: {
      disposition: words("disposition" in before ? before["disposition"] : call.disposition),
      saleAmount: typeof amount === "number" ? amount : null,
    },
  };
}

/** One agent's day so far: figures that open, time, corrections and calls. */
export const AgentSheet = ({ agent, me, onClose }: { agent: AgentRow; me: Me; onClose: () => void }) => {
  const { day, calls, problem, load, putDay } = useToday(agent, me);
  const [correcting, setCorrecting] = useState<Correcting | null>(null);
  const now = useNow();
  const may = me.role === "supervisor" || me.role === "admin";
  const stop = (): void => setCorrecting(null);
  return (
    <Sheet side tall label={texts.sheet(agent.name)} onClose={onClose}>
      <div class="h">
        <span class="av big" aria-hidden="true">
          {initials(agent.name)}
        </span>
        <div class="grow">
          <h1 class="cut">{agent.name}</h1>
          <span class="sm soft">{agent.team}</span>
        </div>
        <CloseButton />
      </div>
      <div class="card">
        <div class="h sb">
          <StateTag state={agent.state} reason={agent.reason} strong />
          <span class="metric">
            <Elapsed key={agent.since} since={agent.since} />
          </span>
        </div>
        {agent.contact ? <div class="sm soft">{texts.with(contactOf(agent.contact))}</div> : null}
      </div>
      <CaptureNote agent={agent} me={me} />
      <AgentFigures key={`${agent.calls} ${agent.sales} ${agent.aiAsks}`} agent={agent} me={me} />
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {correcting?.what === "state" && day ? (
        <CorrectState
          key={`state ${correcting.draft.stateId}`}
          day={day}
          draft={correcting.draft}
          cancel={stop}
          done={(next) => {
            putDay(next);
            stop();
          }}
        />
      ) : null}
      {correcting?.what === "call" ? (
        <CorrectCall
          key={`call ${correcting.call.id}`}
          call={correcting.call}
          proposed={correcting.proposed}
          cancel={stop}
          done={() => {
            load();
            stop();
          }}
        />
      ) : null}
      {day ? (
        <section key="day" class="stacked">
          <h2>{texts.day}</h2>
          <DayBar day={day} now={now} />
          <Stretches
            day={day}
            now={now}
            {...(may && { correct: (stretch) => setCorrecting({ what: "state", draft: draftOf(stretch) }) })}
          />
          {may ? (
            <button
              type="button"
              class="btn small"
              onClick={() =>
                setCorrecting({
                  what: "state",
                  draft: { stateId: null, state: "paused", reason: null, since: null },
                })
              }
            >
              {timeTexts.forgotten}
            </button>
          ) : null}
          <Corrections
            corrections={day.corrections}
            me={me}
            {...(may && { undo: (correction) => setCorrecting(undoing(correction, calls ?? [])) })}
          />
        </section>
      ) : null}
      {calls ? (
        <LastCalls
          key="calls"
          calls={calls}
          me={me}
          {...(may && { correct: (call) => setCorrecting({ what: "call", call, proposed: call }) })}
        />
      ) : null}
    </Sheet>
  );
};

/** Which voice is not recorded, since when, and what to do about it. */
const CaptureNote = ({ agent, me }: { agent: AgentRow; me: Me }) => {
  const lost = lostVoice(agent.capture);
  if (lost === null) return null;
  const what = alertTexts.lost[lost];
  return (
    <div key={lost} class="note" role="status" data-lost={lost}>
      <Icon name="warning" tone="warn" />
      <div class="grow">
        <div class="b">
          {agent.captureSince === null
            ? what
            : alertTexts.since(what, timeOfDay(agent.captureSince, me.timeZone))}
        </div>
        {texts.captureTodo}
      </div>
    </div>
  );
};
