import type { ExportFilters, ExportKind, Me } from "#contract";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";

type Props = {
  me: Me;
  /** Days `YYYY-MM-DD`, both included; today where there are none. */
  span?: { from: string; to: string };
  /** What is exported unless the person chooses something else. */
  kind?: ExportKind;
  /** What the screen is narrowed to. */
  narrowed?: Pick<ExportFilters, "scope" | "agent" | "campaign" | "disposition">;
};

/** Opens the exports, which come on demand. */
export const ExportButton = (asked: Props) => (
  <button
    type="button"
    class="btn"
    title={t.export.title}
    aria-label={t.export.title}
    aria-haspopup="dialog"
    onClick={() => void import("../exports/opened.tsx").then(({ openExports }) => openExports(asked))}
  >
    <Icon name="download" small />
    <span class="wide">{t.export.action}</span>
  </button>
);
export type { Props as Exporting };
