import type { ExportFormat, ExportKind } from "#contract";
import { exports as texts } from "../../i18n/exports.ts";
import { Choice } from "../../ui/field.tsx";

const KINDS: ExportKind[] = ["calls", "agents", "recordings", "ai", "time"];
const FORMATS: ExportFormat[] = ["xlsx", "csv"];

/** The choice of what is exported. */
export const KindChoice = ({ value, choose }: { value: ExportKind; choose: (kind: ExportKind) => void }) => (
  <Choice
    name="kind"
    label={texts.what}
    value={value}
    options={KINDS.map((one) => [one, texts.kinds[one]])}
    choose={(one) => choose(one as ExportKind)}
  />
);

type FormatProps = { value: ExportFormat; choose: (format: ExportFormat) => void };

/** The choice of the file's format. */
export const FormatChoice = ({ value, choose }: FormatProps) => (
  <Choice
    name="format"
    label={texts.format}
    value={value}
    options={FORMATS.map((one) => [one, texts.formats[one]])}
    choose={(one) => choose(one as ExportFormat)}
  />
);
