import type { BuiltInDisposition, Call, Disposition, DispositionKind } from "#contract";
import { t } from "../i18n/index.ts";
import { Icon, type IconName } from "./icon.tsx";

/** The built-in outcomes in the order of their keys. */
export const dispositions: BuiltInDisposition[] = [
  "sale",
  "follow_up",
  "not_interested",
  "no_answer",
  "other",
];

const looks: Record<BuiltInDisposition, { icon: IconName; tone: string }> = {
  sale: { icon: "check", tone: "ok" },
  follow_up: { icon: "clock", tone: "acc" },
  not_interested: { icon: "close", tone: "soft" },
  no_answer: { icon: "none", tone: "soft" },
  other: { icon: "more", tone: "soft" },
};

type Marked = Pick<Call, "disposition" | "dispositionName" | "dispositionKind">;

const isBuiltIn = (code: string): code is BuiltInDisposition => code in looks;
const kinds = { sale: looks.sale, contact: looks.other, no_contact: looks.no_answer };

const lookOf = (code: string, kind: DispositionKind | null) =>
  isBuiltIn(code) ? looks[code] : kinds[kind ?? "contact"];

/** An outcome's name: its people's own, else the reader's language's. */
export const outcomeName = ({ disposition: code, dispositionName }: Marked): string =>
  code === null ? t.disposition.none : (dispositionName ?? (isBuiltIn(code) ? t.disposition[code] : code));

/** How a call went, as a word with its icon. */
export const Outcome = ({ of }: { of: Marked }) => {
  const { disposition: code, dispositionKind } = of;
  if (code === null)
    return (
      <span key="none" class="tag pill faint">
        {t.disposition.none}
      </span>
    );
  const look = lookOf(code, dispositionKind);
  return (
    <span key={code} class={`tag pill ${look.tone}`}>
      <Icon name={look.icon} small />
      {outcomeName(of)}
    </span>
  );
};

/** The icon of an outcome, for its button. */
export const OutcomeIcon = ({ of: { code, kind } }: { of: Pick<Disposition, "code" | "kind"> }) => {
  const { icon, tone } = lookOf(code, kind);
  return <Icon name={icon} small tone={tone} />;
};
