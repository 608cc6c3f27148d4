import { useState } from "hono/jsx/dom";
import type { Disposition, Problem, Retention, RetentionPreview, RetentionRule } from "#contract";
import { keeping } from "../../i18n/keeping.ts";
import { count } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { keepingApi } from "./api.ts";
import { RuleRow, type Draft } from "./rule-row.tsx";
import { sizeOf } from "./size.ts";

/** As many as the server takes. */
const MOST = 100;
let lastKey = 0;

const draftOf = (rule: RetentionRule): Draft => ({ key: ++lastKey, rule });
const fresh: RetentionRule = {
  siteId: null,
  kind: null,
  code: null,
  flacAfter: null,
  opusAfter: null,
  deleteAfter: null,
};

/** Whether the server found the days of the nth rule out of order. */
const isOut = (problem: Problem | null, n: number): boolean =>
  problem?.errors?.some(({ path }) => path === `rules.${n}.deleteAfter`) ?? false;

/** The one mistake that no single rule has. */
const worded = (problem: Problem): Problem =>
  problem.errors?.some(({ path }) => path === "rules")
    ? { ...problem, detail: keeping.twice, hint: "" }
    : problem;

/** What rules would do tonight, before anybody saves them. */
const Told = ({ told }: { told: RetentionPreview }) => (
  <div class="note told" role="status" data-preview>
    <Icon name={told.deleted > 0 ? "warning" : "eye"} tone={told.deleted > 0 ? "warn" : "soft"} />
    <span>
      <b>{keeping.wouldChange(count(told.flac + told.opus), count(told.deleted))}</b>
      {told.deleted > 0 ? ` ${keeping.wouldFree(sizeOf(told.deletedBytes))}` : ""}
      {told.waiting > 0 ? ` ${keeping.wouldWait(count(told.waiting))}` : ""}
      {told.held > 0 ? ` ${keeping.wouldHold(count(told.held))}` : ""}
    </span>
  </div>
);

const Tools = ({ tools }: Pick<Retention, "tools">) => (
  <ul class="points">
    {(["flac", "opus"] as const).map((tool) => (
      <li data-tool={tool} data-there={String(tools[tool])}>
        <Icon name={tools[tool] ? "ready" : "warning"} tone={tools[tool] ? "ok" : "warn"} />
        <span class="kept">
          {keeping.tools[tool]}
          <span class="hint">
            {tools[tool] ? keeping.tools.there : keeping.tools[tool === "flac" ? "noFlac" : "noOpus"]}
          </span>
        </span>
      </li>
    ))}
  </ul>
);

/** How long recordings are kept: rules, and what they would do before they count. */
export const Rules = ({
  first,
  outcomes,
  changed,
}: {
  first: Retention;
  outcomes: Disposition[];
  changed: () => void;
}) => {
  const { busy, problem, work } = useWork();
  const [rows, setRows] = useState(() => first.rules.map(draftOf));
  const [told, setTold] = useState<RetentionPreview | null>(null);
  const [saved, setSaved] = useState(false);
  const edit = (next: Draft[]): void => {
    setRows(next);
    setTold(null);
    setSaved(false);
  };
  const rules = rows.map(({ rule }) => rule);
  const submit = (): Promise<boolean> =>
    work(async () => {
      if (told === null) return setTold(await keepingApi.preview(rules));
      await keepingApi.putRules(rules);
      setTold(null);
      setSaved(true);
      changed();
    });
  return (
    <form
      class="card stacked"
      data-part="rules"
      onSubmit={(event: Event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <header class="tight">
        <h2>{keeping.rules}</h2>
      </header>
      <p class="hint">
        {keeping.rulesText} {keeping.law}
      </p>
      {rows.length === 0 ? (
        <p key="none" class="soft">
          {keeping.none}
        </p>
      ) : null}
      <ol key="rules" class="listed">
        {rows.map((row, n) => (
          <RuleRow
            key={row.key}
            n={n + 1}
            rule={row.rule}
            sites={first.sites}
            outcomes={outcomes}
            wrong={isOut(problem, n)}
            change={(part) =>
              edit(
                rows.map((one) => (one.key === row.key ? { ...one, rule: { ...one.rule, ...part } } : one)),
              )
            }
            remove={() => edit(rows.filter((one) => one.key !== row.key))}
          />
        ))}
      </ol>
      <button
        type="button"
        class="btn"
        data-add
        disabled={rows.length >= MOST}
        onClick={() => edit([...rows, draftOf(fresh)])}
      >
        {keeping.add}
      </button>
      {told ? <Told key="told" told={told} /> : null}
      {problem ? <Trouble key="problem" problem={worded(problem)} /> : null}
      <div class="h">
        <p key={saved ? "saved" : "open"} class="hint line grow" role="status">
          {saved ? keeping.saved : ""}
        </p>
        <button
          key={told ? "save" : "check"}
          type="submit"
          class={`btn ${told ? "primary" : ""}`}
          disabled={busy}
        >
          {told ? keeping.save : keeping.check}
        </button>
      </div>
      <Tools tools={first.tools} />
    </form>
  );
};
