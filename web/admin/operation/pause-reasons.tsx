import { useState } from "hono/jsx/dom";
import type { PauseReason } from "#contract";
import { operation } from "../../i18n/operation.ts";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useWork } from "../../ui/work.ts";
import { operationApi } from "./api.ts";
import { Part } from "./part.tsx";

const MOST = 15;
type Draft = PauseReason & { key: number };
let lastKey = 0;
const draftOf = (reason: PauseReason): Draft => ({ ...reason, key: ++lastKey });

/** The reasons that are asked for before a pause. */
export const PauseReasonList = ({ first }: { first: PauseReason[] }) => {
  const { busy, problem, work } = useWork();
  const [rows, setRows] = useState(() => first.map(draftOf));
  const [saved, setSaved] = useState(false);
  const edit = (next: Draft[]): void => {
    setSaved(false);
    setRows(next);
  };
  const change = (key: number, part: Partial<PauseReason>): void =>
    edit(rows.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <Part
      name="reasons"
      title={operation.reasons}
      text={operation.reasonsText}
      problem={problem}
      busy={busy}
      saved={saved}
      submit={() =>
        void work(async () => {
          const items = rows.map(({ name, productive }) => ({ name: name.trim(), productive }));
          setRows((await operationApi.putReasons(items)).map(draftOf));
          setSaved(true);
        })
      }
    >
      <ul class="listed">
        {rows.map((row, n) => (
          <li key={row.key} class="reason">
            <span class="in grow">
              <input
                aria-label={operation.nameOf(String(n + 1))}
                value={row.name}
                maxlength={40}
                required
                onInput={(event: Event) =>
                  change(row.key, { name: (event.target as HTMLInputElement).value })
                }
              />
            </span>
            <Switch
              key={String(row.productive)}
              label={operation.productive}
              checked={row.productive}
              toggle={(productive) => change(row.key, { productive })}
            />
            <button
              type="button"
              class="btn icon plain"
              aria-label={operation.remove(row.name)}
              disabled={rows.length === 1}
              onClick={() => edit(rows.filter(({ key }) => key !== row.key))}
            >
              <MoreIcon name="remove" small tone="soft" />
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="btn"
        data-add
        disabled={rows.length >= MOST}
        onClick={() => edit([...rows, draftOf({ name: "", productive: false })])}
      >
        {operation.add}
      </button>
    </Part>
  );
};
