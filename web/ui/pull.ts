import type { Pull } from "#contract";
import { t } from "../i18n/index.ts";
import { share } from "./format.ts";

/** Where a download is, in a word or two: `43 %` while it comes. */
export function pullState({ step, completed, total }: Pull): string {
  return step === "downloading" && total > 0 ? share(completed / total) : t.pull[step];
}
