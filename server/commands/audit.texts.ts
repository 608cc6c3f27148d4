import type { AuditFault, Language, RecordingFault } from "#contract";
import type { FileProof } from "../audit/folder.ts";

const es = {
  usage:
    "Uso:\n  npm run audit -- verify [--head archivo] [--recordings carpeta] [--language en]\n  npm run audit -- head",
  noDatabase: (file: string) => `No hay base de datos en ${file}: indica cuál con DATABASE_URL.`,
  onlyFolder: (file: string) =>
    `No hay base de datos en ${file}: la carpeta se comprueba solo con sus fichas, sin la cadena.`,
  noHead: (file: string) => `No hay ninguna cabeza publicada en ${file}.`,
  brokenHead: (file: string) =>
    `${file} no es una cabeza publicada. Usa la de una copia de seguridad con --head.`,
  noFolder: (folder: string) => `No hay ninguna carpeta ${folder}.`,
  empty: "Todavía no se ha anotado nada.",
  reading: (done: number, of: number) => `Anotaciones: ${done} de ${of}`,
  chainWhole: (n: number, hash: string) =>
    `✓ Cadena: ${n} anotaciones, ninguna cambiada. La última es ${hash}.`,
  heads: (numbers: string) => `✓ Cabezas publicadas que la cadena conserva: ${numbers}.`,
  restored: (n: number, last: number) =>
    `· La anotación ${n} dice que se recuperó una copia de seguridad: lo anotado de la ${n} a la ${last} se perdió entonces.`,
  withoutHead: "· Sin una cabeza publicada no se puede ver si falta el final de la cadena.",
  fault: {
    altered: (n: number) => `✗ La anotación ${n} está cambiada: ya no es lo que se anotó.`,
    missing: (n: number) => `✗ Falta la anotación ${n}.`,
    extra: (n: number) => `✗ La anotación ${n} sobra: alguien la ha metido en la cadena.`,
    unlinked: (n: number) =>
      `✗ La anotación ${n} no continúa la ${n - 1}: una de las dos se ha escrito de nuevo con otra huella.`,
    rewritten: (n: number) =>
      `✗ La anotación ${n} no es la que se publicó: la cadena se ha escrito de nuevo hasta ahí.`,
    cut: (n: number) => `✗ El final está cortado: faltan las anotaciones desde la ${n}.`,
  } satisfies Record<AuditFault["kind"], (n: number) => string>,
  provenUpTo: (n: number, hash: string) => `  Hasta la ${n} está probada (${hash}).`,
  now: (at: string, action: string) => `  Ahora dice: ${at}, ${action}.`,
  chainAdvice:
    "  Qué hacer: guarda una copia de esta base tal como está y comprueba la última copia de seguridad con\n" +
    "  DATABASE_URL=file:<copia> npm run audit -- verify. Lo que difiera entre ambas es lo que se ha cambiado.",
  recordings: (proven: number, older: number) =>
    `✓ Grabaciones de la base: ${proven} como dice la cadena, ${older} anteriores a ella.`,
  recordingsWrong: (wrong: number) => `✗ Grabaciones de la base que no son lo que dice la cadena: ${wrong}.`,
  recording: {
    altered: "su huella no es la anotada",
    unnoted: "nadie anotó que se guardara",
    erased: "la cadena dice que se borró",
    vanished: "no está, y nadie anotó que se borrara",
  } satisfies Record<RecordingFault["kind"], string>,
  recordingAdvice:
    "  Qué hacer: recupera esas grabaciones y sus filas de una copia de seguridad anterior, y compruébala también.",
  proving: (done: number) => `Archivos: ${done}`,
  folder: (folder: string, proven: number) => `✓ ${folder}: ${proven} grabaciones probadas.`,
  folderOlder: (older: number) =>
    `· ${older} son anteriores a la cadena: de ellas solo responden la base y sus fichas.`,
  absent: (file: string) => `✗ ${file}: está en la base y no en la carpeta`,
  file: {
    altered: "el audio no es el de su ficha",
    replaced: "audio y ficha concuerdan, pero no con la cadena: se han cambiado los dos",
    misplaced: "es una grabación de otra llamada: la base no la tiene en este sitio",
    unnoted: "la cadena no conoce esta grabación",
    erased: "la cadena dice que se borró, y sigue aquí",
    no_audio: "hay ficha y no hay audio",
    no_sidecar: "hay audio y no hay ficha que lo pruebe",
    broken_sidecar: "la ficha no se puede leer",
  } satisfies Record<Exclude<FileProof["kind"], "proven" | "older">, string>,
  folderWrong: (wrong: number) => `✗ Archivos que no se pueden probar: ${wrong}.`,
  folderAdvice:
    "  Qué hacer: no los uses como prueba; busca los mismos archivos en una copia de seguridad y compruébala con\n" +
    "  npm run audit -- verify --recordings <carpeta de la copia>.",
};

const en: typeof es = {
  usage:
    "Use:\n  npm run audit -- verify [--head file] [--recordings folder] --language en\n  npm run audit -- head",
  noDatabase: (file) => `There is no database in ${file}: say which with DATABASE_URL.`,
  onlyFolder: (file) =>
    `There is no database in ${file}: the folder is checked by its sidecars alone, without the chain.`,
  noHead: (file) => `There is no published head in ${file}.`,
  brokenHead: (file) => `${file} is not a published head. Use that of a backup with --head.`,
  noFolder: (folder) => `There is no folder ${folder}.`,
  empty: "Nothing has been noted yet.",
  reading: (done, of) => `Entries: ${done} of ${of}`,
  chainWhole: (n, hash) => `✓ Chain: ${n} entries, none changed. The last is ${hash}.`,
  heads: (numbers) => `✓ Published heads that the chain still has: ${numbers}.`,
  restored: (n, last) =>
    `· Entry ${n} says that a backup was brought back: what had been noted from ${n} to ${last} was lost then.`,
  withoutHead: "· Without a published head nobody can see whether the end of the chain is missing.",
  fault: {
    altered: (n) => `✗ Entry ${n} was altered: it is not what was noted.`,
    missing: (n) => `✗ Entry ${n} is missing.`,
    extra: (n) => `✗ Entry ${n} is extra: somebody has put it into the chain.`,
    unlinked: (n) => `✗ Entry ${n} does not continue ${n - 1}: one of the two was rewritten with a new hash.`,
    rewritten: (n) => `✗ Entry ${n} is not the one that was published: the chain was rewritten up to there.`,
    cut: (n) => `✗ The end was cut off: the entries from ${n} on are missing.`,
  },
  provenUpTo: (n, hash) => `  Up to ${n} it is proven (${hash}).`,
  now: (at, action) => `  It says now: ${at}, ${action}.`,
  chainAdvice:
    "  What to do: keep a copy of this database as it is, and check the newest backup with\n" +
    "  DATABASE_URL=file:<backup> npm run audit -- verify. What differs between the two was changed.",
  recordings: (proven, older) =>
    `✓ Recordings in the database: ${proven} as the chain says, ${older} from before it began.`,
  recordingsWrong: (wrong) => `✗ Recordings in the database that are not what the chain says: ${wrong}.`,
  recording: {
    altered: "its digest is not the noted one",
    unnoted: "nobody noted that it was stored",
    erased: "the chain says that it was erased",
    vanished: "it is gone, and nobody noted that it was erased",
  },
  recordingAdvice:
    "  What to do: bring those recordings and their rows back from an earlier backup, and check that one, too.",
  proving: (done) => `Files: ${done}`,
  folder: (folder, proven) => `✓ ${folder}: ${proven} recordings proven.`,
  folderOlder: (older) =>
    `· ${older} are older than the chain: only the database and their sidecars speak for them.`,
  absent: (file) => `✗ ${file}: in the database and not in the folder`,
  file: {
    altered: "the audio is not the one of its sidecar",
    replaced: "audio and sidecar agree, but not with the chain: both were changed",
    misplaced: "it is a recording of another call: the database does not have it in this place",
    unnoted: "the chain does not know this recording",
    erased: "the chain says that it was erased, and it is here",
    no_audio: "a sidecar without audio",
    no_sidecar: "audio without a sidecar that proves it",
    broken_sidecar: "the sidecar cannot be read",
  },
  folderWrong: (wrong) => `✗ Files that cannot be proven: ${wrong}.`,
  folderAdvice:
    "  What to do: do not use them as evidence; look for the same files in a backup and check that one with\n" +
    "  npm run audit -- verify --recordings <folder of the backup>.",
};

/** All that the audit's command prints. */
export const auditTexts: Record<Language, typeof es> = { es, en };
export type AuditTexts = typeof es;
