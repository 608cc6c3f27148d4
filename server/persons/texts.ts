import type { ConsentState, Language } from "#contract";
import type { PageTexts } from "./page.ts";

type Texts = {
  readme: { name: string; text: (at: string) => string };
  files: Record<"person" | "calls" | "audio" | "words" | "clips", string>;
  sides: { agent: string; customer: string };
  page: PageTexts;
  facts: Record<"direction" | "talk" | "campaign" | "outcome" | "consent" | "notes" | "comments", string>;
  consent: Record<ConsentState, string>;
};

/** What stands in an expediente besides what was gathered. */
export const texts: Record<Language, Texts> = {
  es: {
    readme: {
      name: "LEEME.txt",
      text: (at: string) =>
        `Expediente con todo lo que CallManager guarda de una persona (reunido el ${at}).\n\n` +
        `index.html          sus llamadas, una a una, para leer y oír con cualquier navegador: empieza por aquí\n` +
        `persona.json        sus teléfonos, su nombre y las notas\n` +
        `llamadas.json       sus llamadas: fechas, resultado, consentimiento, notas, correcciones y ayudas de la IA\n` +
        `audio/              las grabaciones: el agente a la izquierda, el cliente a la derecha\n` +
        `transcripciones/    lo que se dijo, con tiempos\n` +
        `ejemplos/           fragmentos que se guardaron como ejemplo\n\n` +
        `Una carpeta falta cuando de ella no se guarda nada.\n` +
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
    page: {
      title: "Expediente",
      intro: (at, zone) =>
        `Todo lo que se guardaba de usted, reunido el ${at}. Las horas son las de ${zone}. ` +
        `Lo mismo, con todos sus datos, está en persona.json y llamadas.json.`,
      phones: "Teléfonos",
      empty: "Sin llamadas.",
      with: (agent) => `Con ${agent}`,
      said: "Lo que se dijo",
      sound: "Descargar la grabación",
    },
    facts: {
      direction: "Sentido",
      talk: "Conversación",
      campaign: "Campaña",
      outcome: "Resultado",
      consent: "Consentimiento",
      notes: "Notas",
      comments: "Comentarios",
    },
    consent: {
      unknown: "Sin anotar",
      informed: "Se le informó y siguió hablando",
      given: "Dio su consentimiento",
      refused: "No quiso que se grabara",
    },
  },
  en: {
    readme: {
      name: "README.txt",
      text: (at: string) =>
        `Everything that CallManager keeps of one person (gathered on ${at}).\n\n` +
        `index.html          the calls, one by one, to read and hear in any browser: begin here\n` +
        `person.json         phones, name and notes\n` +
        `calls.json          the calls: dates, outcome, consent, notes, corrections and AI answers\n` +
        `audio/              the recordings: the agent on the left, the customer on the right\n` +
        `transcripts/        what was said, with times\n` +
        `examples/           clips that were kept as examples\n\n` +
        `A folder is missing where nothing of it is kept.\n` +
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
    page: {
      title: "Everything kept about you",
      intro: (at, zone) =>
        `All that was kept about you, gathered on ${at}. Times are those of ${zone}. ` +
        `The same, with every detail, is in person.json and calls.json.`,
      phones: "Phones",
      empty: "No calls.",
      with: (agent) => `With ${agent}`,
      said: "What was said",
      sound: "Download the recording",
    },
    facts: {
      direction: "Direction",
      talk: "Talk",
      campaign: "Campaign",
      outcome: "Outcome",
      consent: "Consent",
      notes: "Notes",
      comments: "Comments",
    },
    consent: {
      unknown: "Not noted",
      informed: "Was told, and went on talking",
      given: "Agreed",
      refused: "Did not want to be recorded",
    },
  },
};
