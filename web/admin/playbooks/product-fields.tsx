import type { Language, PlaybookContent, Problem } from "#contract";
import { t } from "../../i18n/index.ts";
import { house } from "../../i18n/house.ts";
import { Area, Choice, Field } from "../../ui/field.tsx";

const LANGUAGES: Language[] = ["es", "en"];

/** What a playbook says of its product, without its facts. */
export const ProductFields = ({ of, problem }: { of: PlaybookContent | null; problem: Problem | null }) => (
  <>
    <Field name="name" label={house.product.name} value={of?.name ?? ""} maxLength={80} problem={problem} />
    <Field
      name="product"
      label={house.product.product}
      value={of?.product ?? ""}
      maxLength={120}
      problem={problem}
    />
    <div class="stacked pairs">
      <Choice
        name="language"
        label={house.product.language}
        value={of?.language ?? "es"}
        options={LANGUAGES.map((one) => [one, t.languages[one]])}
      />
      <Field
        name="industry"
        label={house.product.industry}
        value={of?.industry ?? ""}
        maxLength={60}
        problem={problem}
      />
    </div>
    <Area
      name="about"
      label={house.product.about}
      value={(of?.about ?? []).join("\n")}
      rows={3}
      hint={house.product.aboutHint}
      problem={problem}
    />
  </>
);
