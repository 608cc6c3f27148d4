import type { Child } from "hono/jsx/dom";
import type { AgentRow, BuiltInDisposition } from "#contract";
import { t } from "../../i18n/index.ts";
import { recordings as texts } from "../../i18n/recordings.ts";
import { count, dayAt } from "../../ui/format.ts";
import { dispositions } from "../../ui/disposition.tsx";
import { Icon } from "../../ui/icon.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { Select } from "../../ui/select.tsx";
import type { Query } from "../../api.ts";

/** What the list is narrowed to; empty strings narrow nothing. */
export type Wanted = {
  q: string;
  when: "today" | "week" | "all";
  agent: string;
  disposition: BuiltInDisposition | "";
  ai: boolean;
  minutes: string;
};

export const everything: Wanted = { q: "", when: "all", agent: "", disposition: "", ai: false, minutes: "" };

const DAY_MS = 86_400_000;

/** The wire's filters for what is wanted. */
export function queryOf(
  { q, when, agent, disposition, ai, minutes }: Wanted,
  timeZone: string,
  now: Date,
): Query {
  const from = when === "today" ? now : new Date(now.getTime() - 6 * DAY_MS);
  return {
    q: q.trim(),
    agent,
    disposition,
    from: when === "all" ? undefined : dayAt(from, timeZone),
    ai: ai ? "true" : undefined,
    minSeconds: minutes === "" ? undefined : Number(minutes) * 60,
  };
}

type Props = {
  wanted: Wanted;
  /** Null for an agent, who sees only the own. */ agents: AgentRow[] | null;
  change: (part: Partial<Wanted>) => void;
  children?: Child;
};

/** The search field and the chips over the list. */
export const Filters = ({ wanted, agents, change }: Props) => (
  <>
    <label class="in search">
      <MoreIcon name="search" tone="soft" />
      <input
        type="search"
        placeholder={texts.placeholder}
        aria-label={texts.search}
        value={wanted.q}
        onInput={(event: Event) => change({ q: (event.target as HTMLInputElement).value })}
      />
    </label>
    <div class="chips" role="group" aria-label={texts.filters}>
      <Select
        label={texts.when}
        value={wanted.when}
        resting="all"
        options={[
          ["all", texts.whenAll],
          ["today", texts.whenToday],
          ["week", texts.whenWeek],
        ]}
        choose={(when) => change({ when: when as Wanted["when"] })}
      />
      {agents ? (
        <Select
          label={texts.who}
          value={wanted.agent}
          resting=""
          options={[["", texts.who], ...agents.map(({ id, name }): [string, string] => [id, name])]}
          choose={(agent) => change({ agent })}
        />
      ) : null}
      <Select
        label={texts.outcome}
        value={wanted.disposition}
        resting=""
        options={[
          ["", texts.outcome],
          ...dispositions.map((one): [string, string] => [one, t.disposition[one]]),
        ]}
        choose={(disposition) => change({ disposition: disposition as Wanted["disposition"] })}
      />
      <button
        type="button"
        class="chip"
        aria-pressed={String(wanted.ai)}
        onClick={() => change({ ai: !wanted.ai })}
      >
        <Icon name="ai" small tone="ai" />
        {texts.withAi}
      </button>
      <Select
        label={texts.length}
        value={wanted.minutes}
        resting=""
        options={[
          ["", texts.length],
          ...[1, 3, 5, 10].map((n): [string, string] => [String(n), texts.overMinutes(count(n))]),
        ]}
        choose={(minutes) => change({ minutes })}
      />
    </div>
  </>
);
