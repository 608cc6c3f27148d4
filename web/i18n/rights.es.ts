/** What a person on the other side may ask for, in Spanish. */
export const es = {
  title: "Sus derechos",
  doNotRecord: "No grabar sus llamadas",
  doNotRecordHint: "Vale desde la próxima llamada. La llamada se atiende y cuenta como las demás.",
  gather: "Reunir expediente",
  gatherText: "Todo lo que se guarda de esta persona en un ZIP: audio, transcripciones, notas y llamadas.",
  gathering: "Reuniendo el expediente…",
  take: "Descargar expediente",
  stop: "Cancelar",
  failed: "El expediente no se ha podido reunir. Inténtalo de nuevo.",
  erase: "Borrar a esta persona",
  sure: "Esto se borra para siempre, en todos los equipos:",
  calls: (n: string) =>
    n === "1" ? "El nombre y el teléfono de 1 llamada" : `El nombre y el teléfono de ${n} llamadas`,
  recordings: (n: string, length: string) =>
    n === "1" ? `1 grabación (${length})` : `${n} grabaciones (${length})`,
  words: (lines: string, marks: string, clips: string) =>
    `Frases transcritas: ${lines} · marcas: ${marks} · ejemplos: ${clips}`,
  exports: "Todos los archivos exportados que aún se guardan, de quien sean: hay que volver a pedirlos",
  held: (n: string) =>
    n === "1"
      ? "1 grabación está retenida: hasta que se libere no se puede borrar nada."
      : `${n} grabaciones están retenidas: hasta que se liberen no se puede borrar nada.`,
  typeWord: (word: string) => `Escribe ${word} para confirmar`,
  wrongWord: (word: string) => `Escribe ${word}, tal cual.`,
  eraseWord: "BORRAR",
  cancel: "No borrar",
  eraseNow: "Borrar para siempre",
  erasing: "Borrando…",
  erased: "Borrada de todas partes.",
  erasedText:
    "Las llamadas siguen contando, sin ella. Las copias de seguridad anteriores la conservan hasta su fecha de fin, y el PC de cada agente hasta que caduquen sus copias locales.",
  backup: (name: string, day: string) => `${name}: hasta el ${day}`,
  eraseFailed: "No se ha podido terminar. Lo que falta se borra al intentarlo de nuevo.",
  close: "Cerrar",
};

export type RightsTexts = typeof es;
