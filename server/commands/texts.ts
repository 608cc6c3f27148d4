import type { Language } from "#contract";

const megabytes = (bytes: number, language: Language): string =>
  `${(bytes / 1e6).toLocaleString(language, { maximumFractionDigits: 1 })} MB`;

const es = {
  approved: "Aprobada",
  suggestion: "Sugerencia IA",
  unverified: "sin verificar",
  times: (first: number, total: number) =>
    `primera palabra ${(first / 1000).toFixed(1).replace(".", ",")} s, total ${(total / 1000).toFixed(1).replace(".", ",")} s`,
  rebuilding: (done: number, all: number) => `Agentes y equipos: ${done} de ${all}`,
  rebuilt: "Las cifras están escritas de nuevo.",
  statsUsage: "Uso:\n  npm run stats -- rebuild [--language en]",
  backedUp: (file: string, bytes: number, goes: string) =>
    `Copia hecha y comprobada: ${file} (${megabytes(bytes, "es")}). Se conserva hasta el ${goes}.\nLas grabaciones no van dentro: cópialas aparte, por ejemplo con rsync.`,
  backup: (id: string, made: string, bytes: number, goes: string) =>
    `${id}  ${made}Z  ${megabytes(bytes, "es")}  hasta ${goes}`,
  noBackups: "Aún no hay copias. Haz una con: npm run backup",
  backupUsage: "Uso:\n  npm run backup [-- --language en]",
  restoreUsage: "Para volver a una: npm run restore -- <copia> [--language en]",
  refused: {
    absent: "No hay ninguna copia con ese nombre. Mira cuáles hay con: npm run restore",
    other_database: "Esa copia es de otra clase de base de datos (SQLite o PostgreSQL). Revisa DATABASE_URL.",
    newer: "Esa copia es de una versión más nueva de CallManager. Actualiza el programa y repite.",
    corrupt: "Esa copia está dañada y no se ha usado; la base de datos sigue como estaba. Elige otra.",
    running: "El servidor está en marcha con esta base de datos. Párralo y repite; no se ha cambiado nada.",
  },
  restored: (id: string) => `La base de datos es otra vez la de ${id}. Ha quedado anotado en la auditoría.`,
  aside: (id: string, goes: string) => `La que había se conserva como copia hasta el ${goes}: ${id}`,
  erasedAgain: (n: number) => `Grabaciones borradas después de esa copia y borradas otra vez: ${n}.`,
  erasedHeld: (n: number) =>
    `Grabaciones borradas después de esa copia y retenidas en ella: ${n}. Quita la retención en Administración → Conservación y bórralas otra vez.`,
  personsAgain: (n: number) => `Personas borradas después de esa copia y borradas otra vez: ${n}.`,
  personsHeld: (n: number) =>
    `Personas borradas que han vuelto y tienen alguna grabación retenida: ${n}. Quita la retención en Administración → Conservación y reinicia el servidor: se borrarán solas.`,
  lost: (n: number) =>
    `Grabaciones de las que no se encuentra el audio: ${n}. Tráelas de tu copia de la carpeta.`,
  restoreNext: "Ahora: arranca el servidor (npm start) y comprueba la auditoría (npm run audit -- verify).",
  usage:
    'Uso:\n  npm run copilot -- ask "Es muy caro" [--context "Internet Fibra Óptica 300Mbps"] [--model llama3] [--language en]\n  npm run copilot -- doctor [--model llama3]',
};

const en: typeof es = {
  approved: "Approved",
  suggestion: "AI suggestion",
  unverified: "unverified",
  times: (first, total) => `first word ${(first / 1000).toFixed(1)} s, total ${(total / 1000).toFixed(1)} s`,
  rebuilding: (done, all) => `Agents and teams: ${done} of ${all}`,
  rebuilt: "The figures are written anew.",
  statsUsage: "Usage:\n  npm run stats -- rebuild [--language es]",
  backedUp: (file, bytes, goes) =>
    `Backup made and checked: ${file} (${megabytes(bytes, "en")}). It is kept until ${goes}.\nThe recordings are not in it: copy them by other means, such as rsync.`,
  backup: (id, made, bytes, goes) => `${id}  ${made}Z  ${megabytes(bytes, "en")}  until ${goes}`,
  noBackups: "There are no backups yet. Make one with: npm run backup",
  backupUsage: "Usage:\n  npm run backup [-- --language es]",
  restoreUsage: "To go back to one: npm run restore -- <backup> [--language es]",
  refused: {
    absent: "There is no backup of that name. See which there are with: npm run restore",
    other_database: "That backup is of another kind of database (SQLite or PostgreSQL). Check DATABASE_URL.",
    newer: "That backup was made by a newer version of CallManager. Update the program and repeat.",
    corrupt: "That backup is damaged and was not used; the database is as it was. Choose another one.",
    running: "The server is running on this database. Stop it and repeat; nothing was changed.",
  },
  restored: (id) => `The database is that of ${id} again. The audit has an entry of it.`,
  aside: (id, goes) => `The one that was there is kept as a backup until ${goes}: ${id}`,
  erasedAgain: (n) => `Recordings erased after that backup, and erased again: ${n}.`,
  erasedHeld: (n) =>
    `Recordings erased after that backup and on hold in it: ${n}. Release them under Administration → Retention and erase them again.`,
  personsAgain: (n) => `Persons erased after that backup, and erased again: ${n}.`,
  personsHeld: (n) =>
    `Erased persons who are back and have a recording on hold: ${n}. Release it under Administration → Retention and restart the server: they are erased by themselves.`,
  lost: (n) => `Recordings whose audio cannot be found: ${n}. Bring them from your copy of the folder.`,
  restoreNext: "Next: start the server (npm start) and check the audit (npm run audit -- verify).",
  usage:
    'Use:\n  npm run copilot -- ask "It is too expensive" [--context "Fibre broadband 300Mbps"] [--model llama3] --language en\n  npm run copilot -- doctor [--model llama3] [--language en]',
};

/** All that the commands print. */
export const commandTexts: Record<Language, typeof es> = { es, en };
