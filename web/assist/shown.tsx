import type { CopilotStatus } from "#contract";
import { assist } from "../i18n/assist.ts";
import { Icon } from "../ui/icon.tsx";
import { MoreIcon } from "../ui/more-icons.tsx";
import { Approved, NoCard, Offline, Suggestion } from "./answer.tsx";
import type { Answer } from "./asking.ts";
import { Keys } from "./parts.tsx";

type Props = {
  answer: Answer;
  objections: CopilotStatus["objections"];
  put: (text: string) => void;
  copy: (what: "approved" | "ai") => void;
  rate: (thumb: "up" | "down") => void;
};

/** The approved card, the model's words under it, and the keys and buttons that never move. */
export const Shown = ({ answer, objections, put, copy, rate }: Props) => (
  <>
    <div class="as-body" tabindex={0}>
      <Head answer={answer} />
      {answer.suggestion === "" && answer.step === "failed" ? null : (
        <Suggestion key={answer.card ? "under" : "alone"} answer={answer} copy={() => copy("ai")} />
      )}
      {answer.step === "failed" ? <Offline key="off" answer={answer} /> : null}
    </div>
    <div class="as-keys">
      <Keys objections={objections} asked={answer.text} ask={({ text }) => text !== "" && put(text)} />
    </div>
    <div class="as-act">
      <button
        type="button"
        class="btn primary grow"
        data-copy="approved"
        disabled={answer.card === null}
        onClick={() => copy("approved")}
      >
        {answer.copied === "approved" ? (
          <Icon key="check" name="check" small />
        ) : (
          <MoreIcon key="copy" name="copy" small />
        )}
        {answer.copied === "approved" ? assist.copied : assist.copyApproved}
        <kbd class="for-keys">{assist.enter}</kbd>
      </button>
      <Thumb answer={answer} thumb="up" rate={rate} />
      <Thumb answer={answer} thumb="down" rate={rate} />
    </div>
  </>
);

/** The card; while it may still come, the question; else that there is none. */
const Head = ({ answer }: { answer: Answer }) => {
  if (answer.card) return <Approved key="card" card={answer.card} />;
  // without card and model the hint below says it all
  if (answer.step === "asked" || answer.step === "failed")
    return (
      <p key="asked" class="hint">
        {assist.quoted(answer.text)}
      </p>
    );
  return <NoCard key="none" />;
};

type ThumbProps = Pick<Props, "answer" | "rate"> & { thumb: "up" | "down" };

const Thumb = ({ answer, thumb, rate }: ThumbProps) => (
  <button
    type="button"
    class="btn icon"
    data-thumb={thumb}
    aria-label={thumb === "up" ? assist.useful : assist.useless}
    title={thumb === "up" ? assist.useful : assist.useless}
    aria-pressed={String(answer.thumbs === thumb)}
    disabled={answer.card === null && answer.suggestion === ""}
    onClick={() => rate(thumb)}
  >
    <MoreIcon name={thumb === "up" ? "thumbUp" : "thumbDown"} />
  </button>
);
