import type { Disposition } from "#contract";
import { t } from "../i18n/index.ts";
import { Icon, type IconName } from "./icon.tsx";

/** The built-in outcomes in the order of their keys. */
export const dispositions: Disposition[] = ["sale", "follow_up", "not_interested", "no_answer", "other"];

const looks: Record<Disposition, { icon: IconName; tone: string }> = {
  sale: { icon: "check", tone: "ok" },
  follow_up: { icon: "clock", tone: "acc" },
  not_interested: { icon: "close", tone: "soft" },
  no_answer: { icon: "none", tone: "soft" },
  other: { icon: "more", tone: "soft" },
};

/** How a call went, as a word with its icon. */
export const Outcome = ({ disposition }: { disposition: Disposition | null }) =>
  disposition === null ? (
    <span key="none" class="tag pill faint">
      {t.disposition.none}
    </span>
  ) : (
    <span key={disposition} class={`tag pill ${looks[disposition].tone}`}>
      <Icon name={looks[disposition].icon} small />
      {t.disposition[disposition]}
    </span>
  );

/** The icon of an outcome, for its button. */
export const OutcomeIcon = ({ disposition }: { disposition: Disposition }) => (
  <Icon name={looks[disposition].icon} small tone={looks[disposition].tone} />
);
