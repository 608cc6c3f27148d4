import type { Language } from "#contract";

/** One call as the person reads it. `sound` and `words` are paths in the ZIP; `facts` are labels with their values. */
export type Told = {
  at: Date;
  agent: string;
  facts: [label: string, value: string][];
  sound: string | null;
  words: string | null;
  said: string;
};

export type PageTexts = {
  title: string;
  /** Why somebody has this, and where else to look. */
  intro: (at: string, zone: string) => string;
  phones: string;
  empty: string;
  with: (agent: string) => string;
  said: string;
  sound: string;
};

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#12171e}" +
  "h1{font-size:1.6rem}h2{font-size:1.1rem;margin:0}section{border-top:1px solid #ccd2d9;padding:1rem 0}" +
  "dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem 0}dt{color:#48525f}dd{margin:0}" +
  "audio{width:100%}pre{white-space:pre-wrap;font:inherit;background:#eef0f3;padding:.75rem;border-radius:8px}";

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
const link = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

function section(
  { at, agent, facts, sound, words, said }: Told,
  texts: PageTexts,
  when: Intl.DateTimeFormat,
) {
  const list = facts.map(([label, value]) => `<dt>${label}</dt><dd>${escaped(value)}</dd>`).join("");
  const heard = sound
    ? `<audio controls preload="none" src="${link(sound)}"></audio>\n<p><a href="${link(sound)}">${texts.sound}</a></p>`
    : "";
  const read = words
    ? `<details><summary>${texts.said}</summary><pre>${escaped(said)}</pre><a href="${link(words)}">${escaped(words)}</a></details>`
    : "";
  return `<section>
<h2>${escaped(when.format(at))}</h2>
<p>${escaped(texts.with(agent))}</p>
<dl>${list}</dl>
${heard}${read}
</section>`;
}

/** A page without scripts, which any browser opens from the unpacked folder: every call, its sound and its words. */
export function page(
  told: Told[],
  phones: string[],
  { at, timeZone, language, texts }: { at: Date; timeZone: string; language: Language; texts: PageTexts },
): string {
  const when = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short", timeZone });
  const calls = told.map((one) => section(one, texts, when)).join("\n");
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${texts.title}</title>
<style>${STYLE}</style>
<h1>${texts.title}</h1>
<p>${texts.intro(escaped(when.format(at)), escaped(timeZone))}</p>
<p>${texts.phones}: ${escaped(phones.join(", "))}</p>
${calls === "" ? `<p>${texts.empty}</p>` : calls}
</html>
`;
}
