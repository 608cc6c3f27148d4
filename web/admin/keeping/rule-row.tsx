import type { Disposition, DispositionKind, Retention, RetentionRule } from "#contract";
import { keeping } from "../../i18n/keeping.ts";
import { outcomeName } from "../../ui/disposition.tsx";
import { Icon } from "../../ui/icon.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { Small } from "../operation/part.tsx";

/** A rule that is being written; its key stays when others go. */
export type Draft = { key: number; rule: RetentionRule };

const STEPS = [
  ["flacAfter", "flac"],
  ["opusAfter", "opus"],
  ["deleteAfter", "delete"],
] as const;
const KINDS: DispositionKind[] = ["sale", "contact", "no_contact"];

type Option = [value: string, words: string];
type ChoiceProps = { label: string; value: string; options: Option[]; choose: (value: string) => void };

const Choice = ({ label, value, options, choose }: ChoiceProps) => (
  <span class="in">
    <select aria-label={label} onChange={(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      {options.map(([one, words]) => (
        <option value={one} selected={one === value}>
          {words}
        </option>
      ))}
    </select>
    <Icon name="down" small />
  </span>
);

/** Kinds, then the outcomes that there are; one that is gone stays where a rule names it. */
function outcomeOptions(outcomes: Disposition[], code: string | null): Option[] {
  const known = outcomes.map(({ code: one, name }): Option => [
    `code ${one}`,
    outcomeName({ disposition: one, dispositionName: name, dispositionKind: null }),
  ]);
  const gone = code !== null && !outcomes.some((one) => one.code === code);
  return [
    ["", keeping.anyOutcome],
    ...KINDS.map((kind): Option => [`kind ${kind}`, keeping.kinds[kind]]),
    ...known,
    ...(gone ? [[`code ${code}`, code] as Option] : []),
  ];
}

type Props = {
  n: number;
  rule: RetentionRule;
  sites: Retention["sites"];
  outcomes: Disposition[];
  /** Its days are not in order. */
  wrong: boolean;
  change: (part: Partial<RetentionRule>) => void;
  remove: () => void;
};

/** One rule: for which recordings, and from which day on what. */
export const RuleRow = ({ n, rule, sites, outcomes, wrong, change, remove }: Props) => {
  const outcome = rule.code !== null ? `code ${rule.code}` : rule.kind === null ? "" : `kind ${rule.kind}`;
  return (
    <li class="rule" data-rule={String(n)}>
      <Choice
        label={keeping.siteOf(String(n))}
        value={rule.siteId ?? ""}
        options={[["", keeping.anySite], ...sites.map(({ id, name }): Option => [id, name])]}
        choose={(siteId) => change({ siteId: siteId === "" ? null : siteId })}
      />
      <Choice
        label={keeping.outcomeOf(String(n))}
        value={outcome}
        options={outcomeOptions(outcomes, rule.code)}
        choose={(value) => {
          const [what = "", name = ""] = value.split(" ");
          // the options above are all that can be chosen
          change({
            kind: what === "kind" ? (name as DispositionKind) : null,
            code: what === "code" ? name : null,
          });
        }}
      />
      <button
        type="button"
        class="btn icon plain"
        aria-label={keeping.removeRule(String(n))}
        onClick={remove}
      >
        <MoreIcon name="remove" small tone="soft" />
      </button>
      <div class="terms">
        {STEPS.map(([step, name]) => (
          <span class="term">
            <span class="hint" aria-hidden="true">
              {keeping[name]} ({keeping.inDays})
            </span>
            <Small
              label={keeping.stepOf(keeping[name], String(n))}
              value={rule[step]}
              step="1"
              change={(days) => change({ [step]: days })}
            />
          </span>
        ))}
      </div>
      {wrong ? (
        <p key="wrong" class="sm bad" role="alert">
          {keeping.wrongOrder}
        </p>
      ) : null}
    </li>
  );
};
