import { language } from "./index.ts";
import type { OperationTexts } from "./operation.es.ts";

/** The texts of how the company works. Read them while rendering, never at the top of a module. */
export let operation: OperationTexts;

/** Turns them to the language that the page has chosen. */
export async function loadOperationTexts(): Promise<void> {
  operation =
    language === "en" ? (await import("./operation.en.ts")).en : (await import("./operation.es.ts")).es;
}
