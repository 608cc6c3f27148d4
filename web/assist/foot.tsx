import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { CopilotStatus, Me, Problem, Pull } from "#contract";
import { problemOf } from "../api.ts";
import { chooseModel, isModel } from "../copilot.ts";
import { assist } from "../i18n/assist.ts";
import { tenths } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { pullState } from "../ui/pull.ts";
import { Trouble } from "../ui/trouble.tsx";
import type { Answer } from "./asking.ts";

type Props = {
  me: Me;
  status: CopilotStatus | null;
  answer: Answer | null;
  /** The list of models is open. */
  open: boolean;
  setOpen: (open: boolean) => void;
  /** Gives the focus back to where questions are typed. */
  back: () => void;
};

/** Small print: the model, which opens the list of models, and how long it took. */
export const Foot = ({ me, status, answer, open, setOpen, back }: Props) => {
  const done = answer?.done;
  const close = (): void => {
    setOpen(false);
    back();
  };
  return (
    <div class="as-foot">
      {status === null ? (
        <span key="none" />
      ) : (
        <span key="model" class="h tiny grow">
          <button
            type="button"
            class="model h"
            aria-haspopup="true"
            aria-expanded={String(open)}
            aria-label={assist.chooseModel(done?.model ?? status.model)}
            onClick={() => (open ? close() : setOpen(true))}
          >
            <span class="cut">{done?.model ?? status.model}</span>
            <Icon name="down" small />
          </button>
          <span class="cut">
            {done
              ? assist.latency(tenths(done.firstTokenMs), tenths(done.totalMs))
              : status.available
                ? assist.ready
                : assist.offline}
          </span>
        </span>
      )}
      <span key={done ? "done" : "rest"} class="nw for-keys">
        {done ? assist.ctrlEnter : assist.toggle}
      </span>
      {open && status ? <Models key="models" me={me} status={status} close={close} /> : null}
    </div>
  );
};

type ModelsProps = { me: Me; status: CopilotStatus; close: () => void };

/** The installed models and what is on its way. Esc, and a press elsewhere, close it. */
const Models = ({ me, status, close }: ModelsProps) => {
  const menu = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [chosen, setChosen] = useState("");
  useLayoutEffect(() => {
    // the list enters the page after this effect
    queueMicrotask(() => menu.current?.querySelector<HTMLElement>("[aria-checked=true],button")?.focus());
    const elsewhere = (event: Event): void => {
      const target = event.target instanceof Element ? event.target : null;
      if (target && !menu.current?.contains(target) && !target.closest(".model")) close();
    };
    addEventListener("pointerdown", elsewhere);
    return () => removeEventListener("pointerdown", elsewhere);
  }, []);
  const choose = async (model: string): Promise<void> => {
    setChosen(model);
    try {
      await chooseModel(model);
      close();
    } catch (error) {
      setChosen("");
      setProblem(problemOf(error));
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    const buttons = [...(menu.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (step) buttons.at((at + step) % buttons.length)?.focus();
    else if (!/^[1-9]$/.test(event.key)) return;
    // the panel's own keys rest while the list is open
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={menu} class="menu models" role="menu" aria-label={assist.models} onKeyDown={onKey}>
      <p class="xs faint">{me.role === "admin" ? assist.modelForAll : assist.modelForMe}</p>
      {status.models.map((model) => (
        <button
          key={model}
          type="button"
          role="menuitemradio"
          data-model={model}
          disabled={chosen !== ""}
          aria-checked={String(isModel(model, chosen || status.model))}
          onClick={() => void choose(model)}
        >
          <Icon
            name={isModel(model, chosen || status.model) ? "check" : "ai"}
            small
            tone={isModel(model, chosen || status.model) ? "acc" : "faint"}
          />
          <span class="cut">{model}</span>
        </button>
      ))}
      {status.models.length === 0 ? <p class="sm soft">{assist.noModels}</p> : null}
      {status.pulls
        .filter(({ step }) => step !== "done")
        .map((pull) => (
          <Coming key={`pull ${pull.model}`} pull={pull} />
        ))}
      {problem ? <Trouble problem={problem} /> : null}
    </div>
  );
};

const Coming = ({ pull }: { pull: Pull }) => (
  <p class="sm soft h" data-pull={pull.model}>
    <Icon name="download" small />
    <span class="cut grow">{pull.model}</span>
    <span class="faint nw">{pullState(pull)}</span>
  </p>
);
