/** Every field as a column or a row is headed, `[es, en]`. Lists stand one entry a line in their cell. */
export const LABELS = {
  id: ["Identificador", "Id"],
  name: ["Nombre", "Name"],
  language: ["Idioma", "Language"],
  industry: ["Sector", "Industry"],
  product: ["Producto", "Product"],
  about: ["Se reconoce por", "Known by"],
  key: ["Tecla", "Key"],
  kind: ["Tipo", "Kind"],
  title: ["Título", "Title"],
  objection: ["Objeción", "Objection"],
  triggers: ["Otras formas de decirlo", "Other ways to say it"],
  answer: ["Respuesta aprobada", "Approved answer"],
  nextQuestion: ["Pregunta siguiente", "Next question"],
  price: ["Precio", "Price"],
  validity: ["Vigencia", "Validity"],
  permanence: ["Permanencia", "Permanence"],
  coverage: ["Cobertura", "Coverage"],
  other: ["Otros hechos", "Other facts"],
  forbidden: ["Palabras prohibidas", "Forbidden words"],
  validUntil: ["Válida hasta", "Valid until"],
  version: ["Versión", "Version"],
  approvedBy: ["Aprobada por", "Approved by"],
  approvedOn: ["Aprobada el", "Approved on"],
} as const;
export type Field = keyof typeof LABELS;

export const SHEETS = { product: ["Producto", "Product"], cards: ["Tarjetas", "Cards"] } as const;
const FACTS = ["price", "validity", "permanence", "coverage", "other"] as const;
export const ABOUT: Field[] = [
  "id",
  "name",
  "language",
  "industry",
  "product",
  "about",
  ...FACTS,
  "forbidden",
];
export const CARD: Field[] = [
  ...(["id", "key", "kind", "title", "objection", "triggers", "answer", "nextQuestion"] as const),
  ...FACTS,
  ...(["forbidden", "validUntil", "version", "approvedBy", "approvedOn"] as const),
];
export const LISTS = new Set<Field>(["about", "triggers", "other", "forbidden"]);
export const WIDE = new Set<Field>(["triggers", "answer", "objection", "other", "nextQuestion"]);
export const NUMBERS = new Set<Field>(["key", "version"]);
/** Rows of the sheet of cards, its heading among them. */
export const ROWS = 501;
