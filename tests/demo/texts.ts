import type { Language, Role } from "#contract";

const es = {
  roles: {
    agent: "Agente",
    supervisor: "Supervisor",
    executive: "Dirección",
    admin: "Administración",
  } satisfies Record<Role, string>,
  title: (agents: number, teams: number) =>
    `CallManager · demostración: un centro de llamadas inventado, con ${agents} agentes en ${teams} equipos.`,
  founding: "Creando la empresa de la demostración…",
  past: (calls: string) => `${calls} llamadas de antes escritas.`,
  portTaken: (wanted: number, port: number) =>
    `El puerto ${wanted} está ocupado: la demostración usa el ${port}.`,
  open: (url: string) => `Abre ${url} y entra como:`,
  standIn: (model: string) =>
    `Nada de esto es real: ni clientes, ni voces. La IA («${model}») es un programa que repite el argumentario; no hay ningún modelo detrás.`,
  folder: (folder: string) =>
    `Los datos quedan en ${folder}, aparte de los tuyos. Empezar de nuevo: npm run demo -- --fresh. Terminar: Ctrl+C.`,
  full: "Las grabaciones de la demostración ocupan 500 MB: las llamadas siguientes no se graban. Con --fresh vuelve a haber sitio.",
  running: (url: string) => `La demostración ya está en marcha: ${url}`,
  taken: (folder: string) =>
    `En ${folder} hay otras cosas. Elige una carpeta vacía: npm run demo -- --folder <carpeta>`,
  usage: "Uso: npm run demo [-- --fresh] [--folder <carpeta>] [--language en]",
};

const en: typeof es = {
  roles: { agent: "Agent", supervisor: "Supervisor", executive: "Executive", admin: "Admin" },
  title: (agents, teams) =>
    `CallManager · demo: a made-up call centre with ${agents} agents in ${teams} teams.`,
  founding: "Making the demo's company…",
  past: (calls) => `${calls} earlier calls written.`,
  portTaken: (wanted, port) => `Port ${wanted} is in use: the demo takes ${port}.`,
  open: (url) => `Open ${url} and sign in as:`,
  standIn: (model) =>
    `Nothing of this is real: no customers, no voices. The AI (“${model}”) is a program that repeats the playbook; no model is behind it.`,
  folder: (folder) =>
    `Its data stay in ${folder}, apart from yours. To begin anew: npm run demo -- --fresh. To end: Ctrl+C.`,
  full: "The demo's recordings take 500 MB: calls from now on are not recorded. With --fresh there is room again.",
  running: (url) => `The demo is running already: ${url}`,
  taken: (folder) =>
    `${folder} has other things in it. Choose an empty folder: npm run demo -- --folder <folder>`,
  usage: "Use: npm run demo [-- --fresh] [--folder <folder>] [--language en]",
};

/** All that the demo prints. */
export const demoTexts: Record<Language, typeof es> = { es, en };
