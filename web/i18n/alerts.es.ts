/** The texts of what needs somebody, in Spanish. */
export const es = {
  title: "Necesita tu atención",
  count: (n: string) => (n === "1" ? "1 aviso" : `${n} avisos`),
  inState: {
    long_call: "en llamada",
    long_wait: "disponible",
    long_wrap_up: "en posllamada",
    long_pause: "en pausa",
  },
  late: (time: string, state: string, limit: string) => `${time} ${state} · límite ${limit} min`,
  lost: {
    agent: "Falta la voz del agente",
    customer: "Falta la voz del cliente",
    both: "No se graba ninguna voz",
  },
  since: (what: string, time: string) => `${what} desde ${time}`,
  nobody: "Nadie está disponible ahora",
  goals: {
    sales: (n: string) => (n === "1" ? "Meta cumplida: 1 venta" : `Meta cumplida: ${n} ventas`),
    calls: (n: string) => (n === "1" ? "Meta cumplida: 1 llamada" : `Meta cumplida: ${n} llamadas`),
  },
  callbacks: (n: string, time: string) =>
    n === "1" ? `Rellamada vencida desde las ${time}` : `${n} rellamadas vencidas, la primera a las ${time}`,
};

export type AlertTexts = typeof es;
