import type { Child } from "hono/jsx/dom";
import { useRef, useState } from "hono/jsx/dom";
import type { Problem } from "#contract";
import { problemOf } from "../api.ts";
import { t } from "../i18n/index.ts";
import { count } from "./format.ts";
import { MoreIcon } from "./more-icons.tsx";
import { CloseButton, Sheet } from "./sheet.tsx";
import { Trouble } from "./trouble.tsx";
import "./brought.css";

type Reading<Result> = {
  file: File;
  busy: boolean;
  /** What would become of it; null while that is not known. */
  result: Result | null;
  problem: Problem | null;
};

type Props<Result> = {
  /** Endings of names that can be chosen: `.csv,.xlsx`. */
  accept: string;
  texts: { action: string; choose: string; title: string; reading: string };
  /** Asks what would become of a file. */
  check: (file: File) => Promise<Result>;
  take: (file: File) => Promise<Result>;
  /** Told of what was taken. */
  done: (result: Result) => void;
  /** What the button says that takes it; null where there is nothing to take. */
  confirm: (result: Result) => string | null;
  children: (reading: Pick<Reading<Result>, "result" | "problem">) => Child;
};

/** Something from a file: what would become of it first, then taking it. */
export function BringFile<Result>({ accept, texts, check, take, done, confirm, children }: Props<Result>) {
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef<File>(null);
  const [reading, setReading] = useState<Reading<Result> | null>(null);
  const close = (): void => {
    latest.current = null;
    setReading(null);
  };
  /** What is answered after the sheet was closed does not open it again. */
  const show = (next: Reading<Result>): void => {
    if (latest.current === next.file) setReading(next);
  };
  const ask = async (file: File, deed: Props<Result>["check"], result: Result | null) => {
    latest.current = file;
    show({ file, busy: true, result, problem: null });
    try {
      const answer = await deed(file);
      show({ file, busy: false, result: answer, problem: null });
      return answer;
    } catch (error) {
      show({ file, busy: false, result, problem: problemOf(error) });
      return null;
    }
  };
  const chosen = async (): Promise<void> => {
    const file = input.current?.files?.[0];
    if (!file) return;
    await ask(file, check, null);
    // the same file, corrected, can be chosen again
    if (input.current) input.current.value = "";
  };
  const taken = async ({ file, result }: Reading<Result>): Promise<void> => {
    const answer = await ask(file, take, result);
    if (answer === null) return;
    close();
    done(answer);
  };
  const yes = reading?.result ? confirm(reading.result) : null;
  // a place of its own: a dialog that is moved among other nodes is modal no more
  return (
    <span>
      <input
        ref={input}
        type="file"
        class="vh"
        tabIndex={-1}
        accept={accept}
        aria-label={texts.choose}
        onChange={() => void chosen()}
      />
      <button type="button" class="btn" title={texts.choose} onClick={() => input.current?.click()}>
        <MoreIcon name="upload" small />
        {texts.action}
      </button>
      {reading ? (
        <Sheet key="bring" label={texts.title} onClose={close}>
          <div class="h sb">
            <h1 class="cut">{texts.title}</h1>
            <CloseButton />
          </div>
          <p class="soft cut">{reading.file.name}</p>
          <div key={`${reading.busy} ${reading.result === null}`} class="stacked" role="status">
            {reading.busy && reading.result === null ? <p>{texts.reading}</p> : null}
            {reading.problem ? <Trouble problem={reading.problem} /> : null}
            {children(reading)}
          </div>
          <div key="deeds" class="h">
            <button type="button" class="btn grow" onClick={close}>
              {t.cancel}
            </button>
            {yes === null ? null : (
              <button
                key="confirm"
                type="button"
                class="btn primary grow"
                data-confirm
                disabled={reading.busy}
                onClick={() => void taken(reading)}
              >
                {yes}
              </button>
            )}
          </div>
        </Sheet>
      ) : null}
    </span>
  );
}

type ChangesProps<Name extends string> = {
  counts: Record<Name, number>;
  texts: Record<Name, (n: string) => string>;
  names: readonly Name[];
  children?: Child;
};

/** How many of each kind of change there would be; those without any are left out. */
export const Changes = <Name extends string>({ counts, texts, names, children }: ChangesProps<Name>) => (
  <ul class="changes">
    {children}
    {names
      .filter((name) => counts[name] > 0)
      .map((name) => (
        <li key={name} data-change={name}>
          {texts[name](count(counts[name]))}
        </li>
      ))}
  </ul>
);

type MistakesProps = { caption: string; head: string[]; rows: string[][] };

/** What is wrong in a file, and where. */
export const Mistakes = ({ caption, head, rows }: MistakesProps) => (
  <div class="mistakes">
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((name) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr>
            {cells.map((text) => (
              <td>{text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
