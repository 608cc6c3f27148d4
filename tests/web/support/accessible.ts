import axe from "axe-core";
import type { Page } from "playwright-core";

/** Puts axe into every document that the page opens; the pages' CSP allows it no other way in. */
export const bringAxe = (page: Page): Promise<unknown> => page.addInitScript(axe.source);

/** The change under a figure is neither its name nor its value, and has no better place than beside them. */
const KNOWN = new Set(['definition-list: <dl class="card tiles">']);

/** The boards' addresses stand behind a `#`: axe takes those below the fold of a sheet for links to a place in the page. */
const rules = { "skip-link": { enabled: false } };

/** What axe finds wrong, one line a rule with the elements it is about; of all rules, or of some. */
export async function violations(page: Page, only?: string[]): Promise<string[]> {
  const options = only
    ? { runOnly: { type: "rule", values: only }, resultTypes: ["violations"] }
    : {
        rules,
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        resultTypes: ["violations"],
      };
  const found = await page.evaluate<
    string[]
  >(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html, any }) =>
      html.slice(0, 160) + (any[0]?.data?.contrastRatio ? " " + any[0].data.contrastRatio : "")).join(" | ")))`);
  return found.filter((line) => !KNOWN.has(line));
}

/** What can be pressed or typed into, and is on show; below a modal sheet nothing is. */
const TARGETS = `
  const top = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;
  const targets = [...top.querySelectorAll("a[href],button:enabled,input:enabled,select:enabled,textarea:enabled,summary,[role=button],[role=slider],[tabindex='0']")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getAttribute("tabindex") !== "-1" && !one.closest(".vh"));
  const told = (one) => one.outerHTML.slice(0, 140);`;

/** Targets that a finger misses: smaller than 44 px. What stands in a label is as large as the label. */
export const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => { ${TARGETS}
    return targets.flatMap((one) => {
      const { width, height } = (one.matches("input") && one.closest("label") || one).getBoundingClientRect();
      return width < 43.9 || height < 43.9 ? [Math.round(width) + "x" + Math.round(height) + " " + told(one)] : [];
    });
  })()`);

/** What the keyboard cannot reach, or reaches without a sign of it. */
export const unreachable = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => { ${TARGETS}
    const before = document.activeElement;
    // what has the focus by a click already would not show it again
    before?.blur?.();
    const found = targets.filter((one) => {
      if (one.tabIndex < 0) return true;
      one.focus({ focusVisible: true, preventScroll: true });
      if (document.activeElement !== one) return true;
      const seen = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
      return !seen(getComputedStyle(one)) && !seen(getComputedStyle(one.parentElement));
    }).map(told);
    before?.focus?.({ preventScroll: true });
    return found;
  })()`);

/** How many pixels the page is wider than its window. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
