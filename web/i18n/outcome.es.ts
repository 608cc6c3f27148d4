/** The texts of how a call went, in Spanish. */
export const es = {
  choices: "Resultado de la llamada",
  amount: "Importe de la venta (opcional)",
  notes: "Notas (opcional)",
  saveSale: "Guardar venta",
  save: "Guardar",
  saved: (outcome: string) => `Guardado: ${outcome}`,
  callback: "¿Cuándo vuelves a llamar?",
  when: "Volver a llamar",
  tomorrow: (time: string) => `mañana ${time}`,
  inHours: (hours: string) => `en ${hours} horas`,
  date: "otra fecha…",
  day: "Día",
  time: "Hora",
  without: "sin fecha",
};

export type OutcomeTexts = typeof es;
