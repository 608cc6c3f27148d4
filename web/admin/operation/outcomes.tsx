import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AsksFor, Disposition, DispositionKind, DispositionList } from "#contract";
import { operation } from "../../i18n/operation.ts";
import { outcomeName } from "../../ui/disposition.tsx";
import { Icon } from "../../ui/icon.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { OUTCOME_KEYS } from "../../ui/outcomes.ts";
import { useWork } from "../../ui/work.ts";
import { slugOf } from "../playbooks/slug.ts";
import { operationApi } from "./api.ts";
import { Part } from "./part.tsx";

const MOST = OUTCOME_KEYS.length;
const KINDS: DispositionKind[] = ["sale", "contact", "no_contact"];
const ASKS: (AsksFor | "none")[] = ["none", "amount", "callback"];

/** A row under way; `code` is empty until a new one is saved. */
type Draft = Omit<Disposition, "name"> & { name: string; key: number };

let lastKey = 0;
const draftOf = (one: Disposition): Draft => ({
  ...one,
  key: ++lastKey,
  name: outcomeName({ disposition: one.code, dispositionName: one.name, dispositionKind: one.kind }),
});

/** A code for a new name: letters, digits and `_`, different from the others. */
function codeFor(name: string, taken: Set<string>): string {
  const words = slugOf(name).replaceAll("-", "_");
  const plain = /^[a-z]/.test(words) ? words.slice(0, 34) : `own_${words}`.slice(0, 34);
  let code = plain;
  for (let n = 2; taken.has(code); n++) code = `${plain}_${n}`;
  taken.add(code);
  return code;
}

/** The rows as the server takes them. A built-in outcome whose name nobody changed keeps each language's own. */
function dispositionsOf(rows: Draft[], before: Disposition[]): Disposition[] {
  const taken = new Set(rows.map(({ code }) => code));
  return rows.map(({ code, name, kind, asksFor }) => {
    const was = before.find((one) => one.code === code);
    const same = was?.name === null && draftOf(was).name === name.trim();
    return {
      code: code === "" ? codeFor(name, taken) : code,
      name: same ? null : name.trim(),
      kind,
      asksFor,
    };
  });
}

type RowProps = {
  row: Draft;
  n: number;
  change: (part: Partial<Draft>) => void;
  remove: () => void;
  up: () => void;
};

const Row = ({ row, n, change, remove, up }: RowProps) => {
  const select = <T extends string>(
    label: string,
    all: T[],
    value: T,
    words: (one: T) => string,
    put: (one: T) => void,
  ) => (
    <span class="in">
      <select
        aria-label={`${label}: ${row.name}`}
        onChange={(event: Event) => put((event.target as HTMLSelectElement).value as T)}
      >
        {all.map((one) => (
          <option value={one} selected={one === value}>
            {words(one)}
          </option>
        ))}
      </select>
      <Icon name="down" small />
    </span>
  );
  return (
    <li class="outcome" data-outcome={row.code}>
      <kbd>{OUTCOME_KEYS.charAt(n).toUpperCase()}</kbd>
      <span class="in grow">
        <input
          aria-label={operation.nameOf(String(n + 1))}
          value={row.name}
          maxlength={40}
          required
          onInput={(event: Event) => change({ name: (event.target as HTMLInputElement).value })}
        />
      </span>
      {select(
        operation.kind,
        KINDS,
        row.kind,
        (one) => operation.kinds[one],
        (kind) => change({ kind }),
      )}
      {select(
        operation.asks,
        ASKS,
        row.asksFor ?? "none",
        (one) => operation.asksFor[one],
        (one) => change({ asksFor: one === "none" ? null : one }),
      )}
      <button
        type="button"
        class="btn icon plain"
        aria-label={operation.up(row.name)}
        disabled={n === 0}
        onClick={up}
      >
        <Icon name="up" small tone="soft" />
      </button>
      <button type="button" class="btn icon plain" aria-label={operation.remove(row.name)} onClick={remove}>
        <MoreIcon name="remove" small tone="soft" />
      </button>
    </li>
  );
};

/** How calls of a campaign can end, in the order of their keys. */
export const Outcomes = ({ first }: { first: DispositionList }) => {
  const { busy, problem, work } = useWork();
  const [campaigns, setCampaigns] = useState<string[]>([]);
  const [campaign, setCampaign] = useState("");
  const [own, setOwn] = useState(first.own);
  const [before, setBefore] = useState(first.items);
  const [rows, setRows] = useState(() => first.items.map(draftOf));
  const [saved, setSaved] = useState(false);
  const show = ({ own: its, items }: { own: boolean; items: Disposition[] }): void => {
    setOwn(its);
    setBefore(items);
    setRows(items.map(draftOf));
  };
  const load = (name: string): void => {
    setCampaign(name);
    setSaved(false);
    void work(async () => show(await operationApi.outcomes(name)));
  };
  const put = (items: Disposition[]): void =>
    void work(async () => {
      show(await operationApi.putOutcomes(campaign, items));
      setSaved(true);
    });
  const edit = (next: Draft[]): void => {
    setSaved(false);
    setRows(next);
  };
  useLayoutEffect(() => {
    // without them a campaign's name can still be typed
    operationApi.campaigns().then(setCampaigns, () => undefined);
  }, []);
  return (
    <Part
      name="outcomes"
      title={operation.outcomes}
      text={operation.outcomesText}
      problem={problem}
      busy={busy}
      saved={saved}
      submit={() => put(dispositionsOf(rows, before))}
      more={
        own ? (
          <button type="button" class="btn" disabled={busy} onClick={() => put([])}>
            {operation.back}
          </button>
        ) : null
      }
    >
      <label class="field">
        {operation.campaign}
        <span class="in">
          <input
            list="campaigns"
            maxlength={80}
            value={campaign}
            onChange={(event: Event) => load((event.target as HTMLInputElement).value.trim())}
          />
        </span>
        <span class="faint">
          {campaign === "" ? operation.campaignHint : own ? operation.ownList : operation.sharedList}
        </span>
        <datalist id="campaigns">
          {campaigns.map((name) => (
            <option value={name} />
          ))}
        </datalist>
      </label>
      <ol class="listed">
        {rows.map((row, n) => (
          <Row
            key={row.key}
            row={row}
            n={n}
            change={(part) => edit(rows.map((one) => (one.key === row.key ? { ...one, ...part } : one)))}
            remove={() => edit(rows.filter((one) => one.key !== row.key))}
            up={() => edit(rows.with(n, rows[n - 1] ?? row).with(n - 1, row))}
          />
        ))}
      </ol>
      <button
        type="button"
        class="btn"
        data-add
        disabled={rows.length >= MOST}
        onClick={() =>
          edit([...rows, { key: ++lastKey, code: "", name: "", kind: "contact", asksFor: null }])
        }
      >
        {operation.add}
      </button>
    </Part>
  );
};
