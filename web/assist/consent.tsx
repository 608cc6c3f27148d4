import { useState } from "hono/jsx/dom";
import type { Call, ConsentState, ConsentWording } from "#contract";
import { json } from "../api.ts";
import { consent as texts } from "../i18n/consent.ts";
import { language } from "../i18n/index.ts";
import { Icon } from "../ui/icon.tsx";
import { useStore } from "../ui/store.ts";
import { Trouble } from "../ui/trouble.tsx";
import { useWork } from "../ui/work.ts";
import "./consent.css";
import { tray } from "./tray.ts";

const ANSWERS = ["informed", "given", "refused"] as const;

/** Where in the recording it is now, in milliseconds: it begins when the two sides talk. */
const atMsOf = ({ answeredAt, startedAt }: Call): number =>
  Math.max(0, Date.now() - Date.parse(answeredAt ?? startedAt));

/** Whether the customer of the call in progress agreed to be recorded; a «no» pauses the recording at once. */
export const ConsentLine = ({ call }: { call: Call }) => {
  const { busy, problem, work } = useWork();
  const { recording } = useStore(tray);
  const [state, setState] = useState<ConsentState>(call.consent.state);
  const [wording, setWording] = useState<ConsentWording | null>(null);
  const [open, setOpen] = useState(state === "unknown");
  if (recording === "forbidden" || !call.mayRecord)
    return (
      <div key="forbidden" class="consent" data-consent="forbidden">
        <Icon name="none" small tone="soft" />
        <span class="grow sm">{texts.forbidden}</span>
      </div>
    );
  const choose = (next: ConsentState): void => {
    // first of all: what is said from now on is not kept
    if (next === "refused") window.callmanagerRecording?.("pause");
    void work(async () => {
      const body = { state: next, atMs: atMsOf(call) };
      const { consent } = await json<Call>("PUT", `/api/consent/calls/${call.id}`, body);
      setState(consent.state);
      setOpen(false);
      setWording(null);
    });
  };
  const show = (): void =>
    void work(async () =>
      setWording(wording ? null : await json<ConsentWording>("GET", "/api/consent/wording")),
    );
  return (
    <div class="consent" data-consent={state}>
      {open ? (
        <p key="label" class="xs soft" aria-hidden="true">
          {texts.label}
        </p>
      ) : null}
      {open ? (
        <div key="open" class="h chips" role="group" aria-label={texts.label}>
          {ANSWERS.map((answer) => (
            <button
              type="button"
              class="chip"
              aria-pressed={String(state === answer)}
              disabled={busy}
              data-answer={answer}
              onClick={() => choose(answer)}
            >
              {texts.answers[answer]}
            </button>
          ))}
          <button
            type="button"
            class="chip"
            aria-expanded={String(wording !== null)}
            aria-label={texts.words}
            title={texts.words}
            data-wording
            onClick={show}
          >
            <Icon name="more" small />
          </button>
        </div>
      ) : (
        <button key="closed" type="button" class="said sm soft" onClick={() => setOpen(true)}>
          <Icon name={state === "refused" ? "none" : "check"} small />
          {texts.said[state]}
        </button>
      )}
      {wording ? (
        <p key="wording" class="sm">
          {wording[language]}
        </p>
      ) : null}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </div>
  );
};
