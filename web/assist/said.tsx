import type { Child } from "hono/jsx/dom";
import { assist } from "../i18n/assist.ts";
import { count } from "../ui/format.ts";
import { useNow } from "../ui/now.ts";
import { useStore } from "../ui/store.ts";
import { hearing, type Said } from "./hearing.ts";
import { tray } from "./tray.ts";
import "../ui/voices.css";

/** Until then it is «now». */
const NOW_SECONDS = 3;

/** Two bars, a voice each: filled while they are written down, hollow while they are not. */
const Bars = ({ off }: { off?: boolean }) => (
  <span class="cap" aria-hidden="true">
    <i class={off ? "off" : ""} />
    <i class={off ? "off" : ""} />
  </span>
);

/** Whether what is said is written down: the tray says so, or its words do. */
export function useEars(): "listening" | "unavailable" | "off" {
  const { recording, ears } = useStore(tray);
  const { settled, guess } = useStore(hearing);
  if (ears === "unavailable") return ears;
  if (recording === "paused") return "off";
  return ears === "listening" || (ears === null && (settled ?? guess) !== null) ? "listening" : "off";
}

/** The visible sign that what is said is written down, or that it should be and is not. */
export const EarsSign = () => {
  const ears = useEars();
  if (ears === "off") return null;
  return (
    <span key={ears} class="h tiny xs nw" data-ears={ears}>
      <Bars off={ears === "unavailable"} />
      {ears === "listening" ? assist.transcribing : assist.noTranscript}
    </span>
  );
};

const Age = ({ said }: { said: Said }) => {
  const seconds = Math.floor((useNow() - said.at) / 1000);
  if (!said.final || seconds < NOW_SECONDS) return <>{assist.customerNow}</>;
  if (seconds < 60) return <>{assist.customerAgo(count(seconds), "s")}</>;
  return <>{assist.customerAgo(count(Math.floor(seconds / 60)), "min")}</>;
};

type Props = {
  /** Null while the customer has not said anything yet. */
  said: Said | null;
  /** What they have said since, where the words above are the question of an answer. */
  since: Said | null;
  edit: () => void;
};

/** The customer's words, as large as they are important. Pressed, they can be edited. */
export const CustomerLine = ({ said, since, edit }: Props) => (
  <div class="as-line" data-heard={said === null ? "nothing" : said.final ? "final" : "guess"}>
    <p class="xs faint h">
      <Bars />
      <span class="nw">{said ? <Age said={said} /> : assist.customer}</span>
      {since ? (
        <span key="since" class="cut grow since" data-since>
          {assist.nowSays(since.text)}
        </span>
      ) : null}
    </p>
    {said ? (
      <button key="words" type="button" class="words" title={assist.editWords} onClick={edit}>
        <q>{assist.quoted(said.text)}</q>
        <span class="vh"> {assist.editWords}</span>
      </button>
    ) : (
      <p key="none" class="words faint">
        {assist.listening}
      </p>
    )}
  </div>
);

/** Holds the place of the line and the field under the call's line. */
export const SaidBlock = ({ children }: { children: Child }) => <div class="as-said">{children}</div>;
