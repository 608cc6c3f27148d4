import type { FactSheet, Problem } from "#contract";
import { house } from "../../i18n/house.ts";
import { Area, Field } from "../../ui/field.tsx";

const NAMED = ["price", "validity", "permanence", "coverage"] as const;

/** The fields of a product's or a card's facts, with the words that must not be said. */
export const FactFields = ({
  facts,
  forbidden,
  problem,
}: {
  facts: FactSheet;
  forbidden: string[];
  problem: Problem | null;
}) => (
  <>
    <div class="stacked pairs">
      {NAMED.map((name) => (
        <Field
          key={name}
          name={`facts.${name}`}
          label={house.product[name]}
          value={facts[name] ?? ""}
          maxLength={160}
          required={false}
          problem={problem}
        />
      ))}
    </div>
    <Area
      name="facts.other"
      label={house.product.other}
      value={(facts.other ?? []).join("\n")}
      rows={3}
      hint={house.product.perLine}
      required={false}
      problem={problem}
    />
    <Area
      name="forbidden"
      label={house.product.forbidden}
      value={forbidden.join("\n")}
      rows={2}
      hint={house.product.perLine}
      required={false}
      problem={problem}
    />
  </>
);
