import type { ErrorTexts } from "./text.ts";

/** What any request can meet, whatever it asks for. */
export const requests = {
  malformed: {
    status: 400,
    es: ["La petición no se puede leer.", "Envía JSON válido, en UTF-8."],
    en: ["The request cannot be read.", "Send valid JSON in UTF-8."],
  },
  forbidden: {
    status: 403,
    es: ["Tu cuenta no puede hacer esto.", "Pídelo a tu administradora."],
    en: ["Your account may not do this.", "Ask your administrator."],
  },
  wrong_origin: {
    status: 403,
    es: ["La petición viene de otra página.", "Abre CallManager en su propia dirección y repítelo allí."],
    en: ["The request comes from another page.", "Open CallManager at its own address and do it there."],
  },
  not_found: {
    status: 404,
    es: ["No existe, o no es tuyo.", "Comprueba la dirección o el identificador."],
    en: ["It does not exist, or is not yours.", "Check the address or the id."],
  },
  id_taken: {
    status: 409,
    es: ["Ese identificador ya se usó con otros datos.", "Crea un UUIDv7 nuevo para una llamada nueva."],
    en: ["That id was used with other data.", "Make a new UUIDv7 for a new call."],
  },
  too_large: {
    status: 413,
    es: ["Es demasiado grande.", "Envía partes de 5.242.880 bytes, y JSON de menos de 64 KB."],
    en: ["It is too large.", "Send parts of 5,242,880 bytes, and JSON of less than 64 KB."],
  },
  file_too_large: {
    status: 413,
    es: ["El archivo es demasiado grande.", "Envía hasta 10 MB y 50.000 filas; divide los más grandes."],
    en: ["The file is too large.", "Send up to 10 MB and 50,000 rows; divide larger ones."],
  },
  unsupported_media_type: {
    status: 415,
    es: ["Ese tipo de contenido no se acepta aquí.", "Usa Content-Type: application/json."],
    en: ["That kind of content is not taken here.", "Use Content-Type: application/json."],
  },
  invalid: {
    status: 422,
    es: ["Hay valores que no valen.", "Corrige los campos que se indican."],
    en: ["Some values are not valid.", "Correct the fields named here."],
  },
  import_invalid: {
    status: 422,
    es: [
      "El archivo no se ha importado: hay errores.",
      "Corrige los lugares que se indican y vuelve a subirlo. Nada ha cambiado.",
    ],
    en: [
      "The file was not imported: it has mistakes.",
      "Correct the places named here and upload it again. Nothing has changed.",
    ],
  },
  too_many: {
    status: 429,
    es: ["Demasiados intentos desde aquí.", "Espera un cuarto de hora y prueba otra vez."],
    en: ["Too many attempts from here.", "Wait a quarter of an hour and try again."],
  },
  internal: {
    status: 500,
    es: ["Algo ha fallado en el servidor.", "Prueba otra vez; si sigue, mira el registro del servidor."],
    en: ["Something failed in the server.", "Try again; if it goes on, look at the server's log."],
  },
  storage_down: {
    status: 503,
    es: ["El servidor no puede guardar ahora.", "Tu PC lo guarda y lo enviará; avisa a tu administradora."],
    en: ["The server cannot store right now.", "Your PC keeps it and will send it; tell your administrator."],
  },
} as const satisfies ErrorTexts;
