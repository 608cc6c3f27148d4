/** One row of the page: when, who attended, the sound's file or nothing. */
type Row = string[];

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

const page =
  (words: { language: string; title: string; heads: string[]; audio: string; empty: string }) =>
  (rows: Row[], phones: string[]): string =>
    `<!doctype html>
<html lang="${words.language}">
<meta charset="utf-8">
<title>${words.title}</title>
<h1>${words.title}</h1>
<p>${escaped(phones.join(", "))}</p>
${
  rows.length === 0
    ? `<p>${words.empty}</p>`
    : `<table border="1" cellpadding="6">
<tr>${words.heads.map((head) => `<th>${head}</th>`).join("")}</tr>
${rows
  .map(([at = "", agent = "", file = ""]) =>
    file === ""
      ? `<tr><td>${at}</td><td>${escaped(agent)}</td><td></td></tr>`
      : `<tr><td>${at}</td><td>${escaped(agent)}</td><td><a href="${words.audio}/${encodeURIComponent(file)}">${escaped(file)}</a></td></tr>`,
  )
  .join("\n")}
</table>`
}
</html>
`;

/** What stands in an expediente besides what was gathered. */
export const texts = {
  es: {
    readme: {
      name: "LEEME.txt",
      text: (at: string) =>
        `Expediente con todo lo que CallManager guarda de una persona (reunido el ${at}).\n\n` +
        `index.html          la lista de sus llamadas, para abrir con cualquier navegador\n` +
        `persona.json        sus teléfonos, su nombre y las notas\n` +
        `llamadas.json       sus llamadas: fechas, resultado, consentimiento, notas, correcciones y ayudas de la IA\n` +
        `audio/              las grabaciones: el agente a la izquierda, el cliente a la derecha\n` +
        `transcripciones/    lo que se dijo, con tiempos\n` +
        `ejemplos/           fragmentos que se guardaron como ejemplo\n\n` +
        `Contiene datos personales: entrégalo solo a quien tenga derecho a ellos.\n`,
    },
    files: {
      person: "persona.json",
      calls: "llamadas.json",
      audio: "audio",
      words: "transcripciones",
      clips: "ejemplos",
    },
    sides: { agent: "Agente", customer: "Cliente" },
    page: page({
      language: "es",
      title: "Expediente",
      heads: ["Inicio (UTC)", "Agente", "Grabación"],
      audio: "audio",
      empty: "Sin llamadas.",
    }),
  },
  en: {
    readme: {
      name: "README.txt",
      text: (at: string) =>
        `Everything that CallManager keeps of one person (gathered on ${at}).\n\n` +
        `index.html          the list of the calls, for any browser\n` +
        `person.json         phones, name and notes\n` +
        `calls.json          the calls: dates, outcome, consent, notes, corrections and AI answers\n` +
        `audio/              the recordings: the agent on the left, the customer on the right\n` +
        `transcripts/        what was said, with times\n` +
        `examples/           clips that were kept as examples\n\n` +
        `It holds personal data: hand it only to who has a right to it.\n`,
    },
    files: {
      person: "person.json",
      calls: "calls.json",
      audio: "audio",
      words: "transcripts",
      clips: "examples",
    },
    sides: { agent: "Agent", customer: "Customer" },
    page: page({
      language: "en",
      title: "File of one person",
      heads: ["Start (UTC)", "Agent", "Recording"],
      audio: "audio",
      empty: "No calls.",
    }),
  },
} as const;
