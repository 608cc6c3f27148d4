import { useRef, useState } from "hono/jsx/dom";
import type { ContactImport } from "#contract";
import { contacts as texts } from "../../i18n/contacts.ts";
import { t } from "../../i18n/index.ts";
import { count } from "../../ui/format.ts";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { contactsApi } from "./api.ts";
import "../../ui/brought.css";

const COUNTS = ["added", "changed", "same"] as const;

/** What would become of the rows, and each that is wrong. */
const Checked = ({ result }: { result: ContactImport }) => (
  <>
    <ul class="changes">
      {COUNTS.filter((name) => result[name] > 0).map((name) => (
        <li key={name} data-change={name}>
          {texts[name](count(result[name]))}
        </li>
      ))}
    </ul>
    {result.errors.length === 0 ? null : (
      <div class="mistakes">
        <table>
          <caption>{texts.wrong(count(new Set(result.errors.map(({ row }) => row)).size))}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.row}</th>
              <th scope="col">{texts.column}</th>
              <th scope="col">{texts.what}</th>
            </tr>
          </thead>
          <tbody>
            {result.errors.map(({ row, column, value, message }) => (
              <tr>
                <td>{count(row)}</td>
                <td>{column}</td>
                <td>
                  {value === "" ? "" : `«${value}»: `}
                  {message}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </>
);

/** Contacts from a file: what would become of its rows first, then taking those that are right. */
export const BringFile = ({ done }: { done: (taken: number) => void }) => {
  const input = useRef<HTMLInputElement>(null);
  const { busy, problem, work } = useWork();
  const [file, setFile] = useState<File | null>(null);
  const [result, setResult] = useState<ContactImport | null>(null);
  const close = (): void => {
    setFile(null);
    setResult(null);
  };
  const chosen = (): void => {
    const picked = input.current?.files?.[0];
    if (!picked) return;
    setFile(picked);
    setResult(null);
    void work(async () => setResult(await contactsApi.bring(picked, true))).then(() => {
      // the same file, corrected, can be chosen again
      if (input.current) input.current.value = "";
    });
  };
  const take = (): void =>
    void work(async () => {
      if (!file) return;
      const { added, changed } = await contactsApi.bring(file, false);
      close();
      done(added + changed);
    });
  const some = result !== null && result.added + result.changed > 0;
  return (
    <span>
      <input
        ref={input}
        type="file"
        class="vh"
        tabIndex={-1}
        accept=".csv,.xlsx"
        aria-label={texts.choose}
        onChange={chosen}
      />
      <button type="button" class="btn" title={texts.choose} onClick={() => input.current?.click()}>
        <MoreIcon name="upload" small />
        {texts.bring}
      </button>
      {file ? (
        <Sheet key="bring" label={texts.bringTitle} onClose={close}>
          <div class="h sb">
            <h1 class="cut">{texts.bringTitle}</h1>
            <CloseButton />
          </div>
          <p class="soft cut">{file.name}</p>
          <div key={`${busy} ${result === null}`} class="stacked" role="status">
            {busy && result === null ? <p>{texts.reading}</p> : null}
            {result ? <Checked result={result} /> : null}
            {result && !some ? <p>{texts.nothing}</p> : null}
            {problem ? <Trouble problem={problem} /> : null}
          </div>
          <div key="deeds" class="h">
            <button type="button" class="btn grow" onClick={close}>
              {t.cancel}
            </button>
            {some ? (
              <button
                key="take"
                type="button"
                class="btn primary grow"
                data-confirm
                disabled={busy}
                onClick={take}
              >
                {result.errors.length > 0 ? texts.take : texts.takeAll}
              </button>
            ) : null}
          </div>
        </Sheet>
      ) : null}
    </span>
  );
};
