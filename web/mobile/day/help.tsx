import type { FC } from "hono/jsx/dom";
import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Me, Problem } from "#contract";
import { problemOf } from "../../api.ts";
import { day as texts } from "../../i18n/day.ts";
import { t } from "../../i18n/index.ts";
import { Icon } from "../../ui/icon.tsx";
import { Trouble } from "../../ui/trouble.tsx";

type Sheet = FC<{ me: Me; onClose: () => void }>;

const load = async (): Promise<Sheet> => (await import("../../assist/help-sheet.tsx")).HelpSheet;

/** «Pedir ayuda»: the copilot over this page. Its code comes when a call begins, or when it is asked for. */
export const Help = ({ me, calling }: { me: Me; calling: boolean }) => {
  const [open, setOpen] = useState<{ sheet: Sheet } | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useLayoutEffect(() => {
    // a failure is said when the person asks for it
    if (calling) load().catch(() => undefined);
  }, [calling]);
  const ask = async (): Promise<void> => {
    setBusy(true);
    try {
      setOpen({ sheet: await load() });
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  const HelpSheet = open?.sheet;
  return (
    <>
      <button type="button" class="btn" data-help aria-busy={String(busy)} onClick={() => void ask()}>
        <Icon name="ai" tone="ai" />
        {busy ? t.loading : texts.ask}
        <kbd class="for-keys">{texts.askKey}</kbd>
      </button>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {HelpSheet ? <HelpSheet key="sheet" me={me} onClose={() => setOpen(null)} /> : null}
    </>
  );
};
