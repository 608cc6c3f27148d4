import type { Call, CopilotStatus, Me } from "#contract";
import { assist } from "../i18n/assist.ts";
import { t } from "../i18n/index.ts";
import { contactName, timeOfDay } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import type { WrappingUp } from "../ui/use-wrap-up.ts";
import { WrapUp } from "../ui/wrap-up.tsx";
import type { Hint } from "./hint.ts";
import { Keys } from "./parts.tsx";

type Objections = CopilotStatus["objections"];
type RestProps = {
  calling: boolean;
  /** What has just been done, in words. */
  saved: string;
  hint: Hint | null;
  objections: Objections;
  put: (text: string) => void;
};

/** What the customer's words look like, and which key shows it. */
const LooksLike = ({ title, n }: { title: string; n: number | undefined }) => (
  <p key={`like ${title}`} class="hint" data-hint>
    {assist.looksLike(title)} <kbd>{n === undefined ? assist.enter : n}</kbd>
    {assist.orOther}
  </p>
);

/** Nobody has asked yet: the keys, and what they are for. */
export const Rest = ({ calling, saved, hint, objections, put }: RestProps) => {
  const title = hint?.card?.title;
  const like = objections.find(({ label }) => label !== "" && label === title);
  return (
    <div class="as-body">
      {title && saved === "" ? (
        <LooksLike key="like" title={title} n={like?.key} />
      ) : (
        <p key="hint" class="hint">
          {saved || assist.hint}
        </p>
      )}
      <Keys big objections={objections} asked={like?.text} ask={({ text }) => text !== "" && put(text)} />
      {calling ? null : (
        <p class="note">
          <Icon name="headset" tone="soft" />
          <span>{assist.noCallNote}</span>
        </p>
      )}
    </div>
  );
};

type AfterProps = { me: Me; call: Call; wrapUp: WrappingUp; later: () => void };

/** The call has ended: how did it go? */
export const AfterCall = ({ me, call, wrapUp, later }: AfterProps) => (
  <div class="as-body">
    <div class="h sb">
      <h2>{assist.ended}</h2>
      <button type="button" class="h sm soft link" onClick={later}>
        {assist.later}
      </button>
    </div>
    <p class="sm soft">{t.day.with(contactName(call.contact), timeOfDay(call.startedAt, me.timeZone))}</p>
    <WrapUp wrapUp={wrapUp} keys />
  </div>
);
