import type { Problem } from "#contract";
import { t } from "../i18n/index.ts";
import { Trouble } from "./trouble.tsx";

/** Why something did not come, and a button that asks for it again. */
export const TryAgain = ({ problem, again }: { problem: Problem; again: () => void }) => (
  <div class="h sb">
    <Trouble problem={problem} />
    <button type="button" class="btn" onClick={again}>
      {t.retry}
    </button>
  </div>
);
