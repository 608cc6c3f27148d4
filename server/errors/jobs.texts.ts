import type { ErrorTexts } from "./text.ts";

/** What the server makes meanwhile: files and backups. */
export const jobs = {
  no_file: {
    status: 409,
    es: ["Ese trabajo no tiene archivo.", "Espera a que termine; si falló o se canceló, pídelo otra vez."],
    en: ["That job has no file.", "Wait until it is done; if it failed or was cancelled, ask for it again."],
  },
  too_many_jobs: {
    status: 429,
    es: ["Ya tienes varios trabajos en marcha.", "Espera a que termine alguno, o cancela uno."],
    en: ["Several of your jobs are under way already.", "Wait until one is done, or cancel one."],
  },
  backup_running: {
    status: 409,
    es: ["Ya se está haciendo una copia.", "Espera a que termine; aparecerá en la lista."],
    en: ["A backup is being made already.", "Wait until it is done; it will be in the list."],
  },
  backup_impossible: {
    status: 409,
    es: [
      "Este servidor no puede copiar su base de datos.",
      "Con PostgreSQL, instala pg_dump y pg_restore (postgresql-client) en el servidor.",
    ],
    en: [
      "This server cannot copy its database.",
      "With PostgreSQL, install pg_dump and pg_restore (postgresql-client) on the server.",
    ],
  },
} as const satisfies ErrorTexts;
