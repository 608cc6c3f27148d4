import type { Child } from "hono/jsx/dom";
import { useState } from "hono/jsx/dom";
import type { AgentRow } from "#contract";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { outcomeName } from "../../../ui/disposition.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { MoreIcon } from "../../../ui/more-icons.tsx";
import { LibraryIcon } from "../icons.tsx";
import { useOutcomes } from "../../../ui/outcomes.ts";
import { Select } from "../../../ui/select.tsx";
import { LENGTHS, lengthWords, whenWords } from "../words.ts";
import type { Wanted } from "../wanted.ts";
import "./filters.css";

type ChoiceProps = Parameters<typeof Select>[0];

/** A choice that is on can be taken back with one press. */
const Chosen = ({ value, resting, choose, ...rest }: ChoiceProps) => {
  const words = rest.options.find(([option]) => option === value)?.[1] ?? value;
  return value === resting ? (
    <Select key="off" value={value} resting={resting} choose={choose} {...rest} />
  ) : (
    <span key="on" class="chosen">
      <Select value={value} resting={resting} choose={choose} {...rest} />
      <button
        type="button"
        class="unchoose"
        aria-label={texts.without(words)}
        title={texts.without(words)}
        onClick={() => choose(resting)}
      >
        <Icon name="close" small />
      </button>
    </span>
  );
};

const Toggle = ({ on, toggle, children }: { on: boolean; toggle: () => void; children: Child }) => (
  <button type="button" class="chip" aria-pressed={String(on)} onClick={toggle}>
    {children}
  </button>
);

type InputProps = {
  label: string;
  type: "date" | "number";
  value: string;
  change: (value: string) => void;
};
const Given = ({ label, type, value, change }: InputProps) => (
  <label class="field">
    {label}
    <span class="in">
      <input
        type={type}
        min={type === "number" ? 0 : undefined}
        max={type === "number" ? 999 : undefined}
        value={value}
        onChange={(event: Event) => change((event.target as HTMLInputElement).value)}
      />
    </span>
  </label>
);

type Props = {
  wanted: Wanted;
  campaigns: string[];
  /** Null for an agent, who sees only the own. */ agents: AgentRow[] | null;
  change: (part: Partial<Wanted>) => void;
  /** More chips. */
  children?: Child;
};

/** The search field and the chips over the list. */
export const Filters = ({ wanted, campaigns, agents, change, children }: Props) => {
  const outcomes = useOutcomes({ campaign: wanted.campaign === "" ? null : wanted.campaign });
  const [open, setOpen] = useState<"range" | "length" | null>(null);
  const length = wanted.min === "" && wanted.max === "" ? "" : `${wanted.min}-${wanted.max}`;
  const lengths = LENGTHS.includes(length) || length === "" ? LENGTHS : [length, ...LENGTHS];
  const chooseLength = (chosen: string): void => {
    setOpen(chosen === "other" ? "length" : null);
    const [min = "", max = ""] = chosen === "other" ? ["", ""] : chosen.split("-");
    change({ min, max });
  };
  const named = (outcomes ?? []).map(({ code, name, kind }): [string, string] => [
    code,
    outcomeName({ disposition: code, dispositionName: name, dispositionKind: kind }),
  ]);
  const known = wanted.disposition === "" || named.some(([code]) => code === wanted.disposition);
  return (
    <div class="narrowing">
      <label class="in search">
        <MoreIcon name="search" tone="soft" />
        <input
          type="search"
          placeholder={texts.placeholder}
          aria-label={texts.search}
          value={wanted.q}
          maxlength={120}
          onInput={(event: Event) => change({ q: (event.target as HTMLInputElement).value })}
        />
      </label>
      <div class="chip-groups">
        <div class="chips" role="group" aria-label={texts.filters}>
          <Chosen
            label={texts.when}
            value={wanted.when}
            resting=""
            options={[
              ["", texts.when],
              ["today", texts.whenToday],
              ["week", texts.whenWeek],
              ["month", texts.whenMonth],
              ["range", wanted.when === "range" ? whenWords(wanted) : texts.whenRange],
            ]}
            choose={(when) => {
              setOpen(when === "range" ? "range" : null);
              change({ when, from: "", to: "" });
            }}
          />
          {agents ? (
            <Chosen
              label={texts.who}
              value={wanted.agent}
              resting=""
              options={[["", texts.who], ...agents.map(({ id, name }): [string, string] => [id, name])]}
              choose={(agent) => change({ agent })}
            />
          ) : null}
          <Chosen
            label={texts.outcome}
            value={wanted.disposition}
            resting=""
            options={[
              ["", texts.outcome],
              ...named,
              ...(known ? [] : [[wanted.disposition, wanted.disposition] as [string, string]]),
            ]}
            choose={(disposition) => change({ disposition })}
          />
          {campaigns.length > 0 || wanted.campaign !== "" ? (
            <Chosen
              label={texts.campaign}
              value={wanted.campaign}
              resting=""
              options={[
                ["", texts.campaign],
                ...[...new Set([...campaigns, wanted.campaign])]
                  .filter((one) => one !== "")
                  .map((one): [string, string] => [one, one]),
              ]}
              choose={(campaign) => change({ campaign })}
            />
          ) : null}
          <Toggle on={wanted.ai !== ""} toggle={() => change({ ai: wanted.ai === "" ? "1" : "" })}>
            <Icon name="ai" small tone="ai" />
            {texts.withAi}
          </Toggle>
          <Chosen
            label={texts.length}
            value={length}
            resting=""
            options={[
              ["", texts.length],
              ...lengths.map((one): [string, string] => [one, lengthWords(one)]),
              ["other", texts.lengthOther],
            ]}
            choose={chooseLength}
          />
          <Toggle
            on={wanted.marked !== ""}
            toggle={() => change({ marked: wanted.marked === "" ? "1" : "" })}
          >
            <LibraryIcon name="flag" small />
            {texts.marked}
          </Toggle>
        </div>
        {children}
      </div>
      {open === "range" || wanted.when === "range" ? (
        <div key="range" class="h ends" data-ends="range">
          <Given
            label={texts.from}
            type="date"
            value={wanted.from}
            change={(from) => change({ when: "range", from })}
          />
          <Given
            label={texts.to}
            type="date"
            value={wanted.to}
            change={(to) => change({ when: "range", to })}
          />
        </div>
      ) : null}
      {open === "length" ? (
        <div key="length" class="h ends" data-ends="length">
          <Given
            label={texts.minutesFrom}
            type="number"
            value={wanted.min}
            change={(min) => change({ min })}
          />
          <Given label={texts.minutesTo} type="number" value={wanted.max} change={(max) => change({ max })} />
        </div>
      ) : null}
    </div>
  );
};
