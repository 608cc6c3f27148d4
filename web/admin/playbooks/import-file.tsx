import { useRef, useState } from "hono/jsx/dom";
import type { ImportResult, Problem } from "#contract";
import { problemOf } from "../../api.ts";
import { t } from "../../i18n/index.ts";
import { house } from "../../i18n/house.ts";
import { count } from "../../ui/format.ts";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import "../../ui/brought.css";

type Reading = {
  file: File;
  busy: boolean;
  /** What would change; null while that is not known. */
  result: ImportResult | null;
  problem: Problem | null;
};

const COUNTS = ["added", "changed", "removed", "unchanged"] as const;

const Changes = ({ result }: { result: ImportResult }) => {
  const same = result.added + result.changed + result.removed === 0 && !result.product;
  return (
    <>
      <p>{same ? house.import.same : house.import.will(result.name)}</p>
      <ul class="changes">
        {result.product ? <li data-change="product">{house.import.product}</li> : null}
        {COUNTS.filter((name) => result[name] > 0).map((name) => (
          <li key={name} data-change={name}>
            {house.import[name](count(result[name]))}
          </li>
        ))}
      </ul>
    </>
  );
};

const Mistakes = ({ errors }: { errors: NonNullable<Problem["errors"]> }) => (
  <div class="mistakes">
    <table>
      <caption>{house.import.mistakes(count(errors.length))}</caption>
      <thead>
        <tr>
          <th scope="col">{house.import.where}</th>
          <th scope="col">{house.import.what}</th>
        </tr>
      </thead>
      <tbody>
        {errors.map(({ path, message }) => (
          <tr>
            <td>{path}</td>
            <td>{message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** A playbook from a file: what it would change first, then the change itself. */
export const ImportFile = ({ done }: { done: (playbookId: string) => void }) => {
  const input = useRef<HTMLInputElement>(null);
  const [reading, setReading] = useState<Reading | null>(null);
  const ask = async (file: File, check: boolean, before: ImportResult | null): Promise<void> => {
    setReading({ file, busy: true, result: before, problem: null });
    try {
      const result = await adminApi.importFile(file, check);
      if (check) return setReading({ file, busy: false, result, problem: null });
      setReading(null);
      done(result.playbook);
    } catch (error) {
      setReading({ file, busy: false, result: null, problem: problemOf(error) });
    }
  };
  const chosen = (): void => {
    const file = input.current?.files?.[0];
    // the same file, corrected, can be chosen again
    if (file) void ask(file, true, null).then(() => input.current && (input.current.value = ""));
  };
  // a place of its own: a dialog that is moved among other nodes is modal no more
  return (
    <span>
      <input
        ref={input}
        type="file"
        class="vh"
        tabIndex={-1}
        accept=".yaml,.yml,.xlsx"
        aria-label={house.import.choose}
        onChange={chosen}
      />
      <button type="button" class="btn" title={house.import.choose} onClick={() => input.current?.click()}>
        <MoreIcon name="upload" small />
        {house.import.action}
      </button>
      {reading ? (
        <Sheet key="import" label={house.import.title} onClose={() => setReading(null)}>
          <div class="h sb">
            <h1 class="cut">{house.import.title}</h1>
            <CloseButton />
          </div>
          <p class="soft cut">{reading.file.name}</p>
          <div key={`${reading.busy} ${reading.result === null}`} class="stacked" role="status">
            {reading.busy && reading.result === null ? <p>{house.import.reading}</p> : null}
            {reading.result ? <Changes result={reading.result} /> : null}
            {reading.problem ? <Trouble problem={reading.problem} /> : null}
            {reading.problem?.errors ? <Mistakes errors={reading.problem.errors} /> : null}
          </div>
          <div key="deeds" class="h">
            <button type="button" class="btn grow" onClick={() => setReading(null)}>
              {t.cancel}
            </button>
            {reading.result ? (
              <button
                key="confirm"
                type="button"
                class="btn primary grow"
                data-confirm
                disabled={reading.busy}
                onClick={() => void ask(reading.file, false, reading.result)}
              >
                {house.import.confirm}
              </button>
            ) : null}
          </div>
        </Sheet>
      ) : null}
    </span>
  );
};
