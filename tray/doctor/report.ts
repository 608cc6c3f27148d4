import type { Texts } from "../texts/texts.ts";
import type { Finding } from "./doctor.ts";

const SIGNS = { ok: "✓", warn: "!", fail: "✗" };

/** The findings as lines for a terminal, what is to be done below what was found. */
export function report(findings: Finding[], logFile: string, { doctor }: Texts): string {
  const lines = findings.flatMap(({ check, level, found, todo }) => [
    `${SIGNS[level]} ${doctor.checks[check]}: ${found}`,
    ...(todo === null ? [] : [`  → ${todo}`]),
  ]);
  return [...lines, "", doctor.log(logFile)].join("\n");
}
