import type { Language } from "#contract";

const es = {
  approved: "Aprobada",
  suggestion: "Sugerencia IA",
  unverified: "sin verificar",
  times: (first: number, total: number) =>
    `primera palabra ${(first / 1000).toFixed(1).replace(".", ",")} s, total ${(total / 1000).toFixed(1).replace(".", ",")} s`,
  rebuilding: (done: number, all: number) => `Agentes y equipos: ${done} de ${all}`,
  rebuilt: "Las cifras están escritas de nuevo.",
  statsUsage: "Uso:\n  npm run stats -- rebuild [--language en]",
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
  usage:
    'Use:\n  npm run copilot -- ask "It is too expensive" [--context "Fibre broadband 300Mbps"] [--model llama3] --language en\n  npm run copilot -- doctor [--model llama3] [--language en]',
};

/** All that the commands print. */
export const commandTexts: Record<Language, typeof es> = { es, en };
