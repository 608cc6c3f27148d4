/** The texts of a number that is opened, in Spanish. */
export const es = {
  sheet: (name: string) => `De qué está hecho: ${name}`,
  yours: "Lo que tú ves",
  span: (from: string, to: string) => `${from} – ${to}`,
  until: (time: string) => `hasta las ${time}`,
  ai: { with: "con IA", without: "sin IA", held_out: "sin IA por sorteo" },
  few: "Menos de 20 llamadas: pocos casos para sacar conclusiones.",
  against: "Ventas entre…",
  denominators: { contacts: "Contactos", answered: "Atendidas", calls: "Llamadas" },
  median: "Mediana",
  p90: "9 de cada 10 duran menos (p90)",
  formula: "Cómo se calcula",
  source: "Fuente",
  behind: "Las llamadas que hay detrás",
  parts: "Qué llamadas",
  none: "No hay ninguna llamada.",
  more: "Ver más",
  unrecorded: "sin grabación",
};

export type FigureTexts = typeof es;
