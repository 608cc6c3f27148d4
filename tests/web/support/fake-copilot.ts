import { Hono } from "hono";
import {
  askFeedback,
  ask as askInput,
  copilotSettingsChange,
  findInput,
  modelChoice,
  statusQuery,
  type AskEvent,
  type CopilotStatus,
  type Pull,
  type Role,
} from "#contract";
import { problem, sse } from "./wire.ts";

const LABELS = [
  "Es caro",
  "Lo pienso",
  "Ya tengo",
  "Ahora no",
  "Permanencia",
  "Por escrito",
  "Consultarlo",
  "Garantía",
  "Baja",
];
/** The insurance's keys: another product's. */
const INSURANCE = ["Es caro", "Ya tengo seguro", "Lo pienso"];
const objections = (labels: string[]) =>
  labels.map((label, i) => ({
    key: i + 1,
    label,
    text: label === "Es caro" ? "Es muy caro" : label,
  }));
const card: AskEvent & { event: "card" } = {
  event: "card",
  data: {
    id: "fibre-price",
    title: "Es caro",
    kind: "price",
    answer:
      "Le entiendo: nadie quiere pagar de más. Son 29,90 € al mes, todo incluido y sin permanencia. ¿Lo probamos este mes?",
    facts: ["29,90 €"],
    version: 4,
    approvedOn: "2026-11-12",
  },
};
const WORDS =
  "Es normal que 29,90 € suene a gasto nuevo. Aquí línea y fibra van en un solo recibo. Podría ahorrar un 15 %.";
const streamed = (words: string): AskEvent[] =>
  (words.match(/\S+\s*/g) ?? []).map((text) => ({ event: "token", data: { text } }));
const done = (
  id: string,
  text: string,
  more: Partial<{ unverified: string[]; otherLanguage: boolean }> = {},
): AskEvent => ({
  event: "done",
  data: {
    id,
    model: "llama3",
    firstTokenMs: 412,
    totalMs: 1904,
    unverified: [],
    otherLanguage: false,
    text,
    ...more,
  },
});
const failed = (code: string, hint: string): AskEvent => ({ event: "error", data: { code, hint } });

/** What the model does, by name. `half` never ends, the others do. */
const scripts = {
  done: (id) => [card, ...streamed(WORDS), done(id, WORDS, { unverified: ["15 %"] })],
  half: () => [card, ...streamed(WORDS).slice(0, 14)],
  cut: (id) => [
    card,
    ...streamed(`${WORDS} Y además le`),
    done(id, "Es normal que 29,90 € suene a gasto nuevo."),
  ],
  foreign: (id) => [
    card,
    ...streamed("That is a fair point. It is 29,90 € a month."),
    done(id, "That is a fair point. It is 29,90 € a month.", { otherLanguage: true }),
  ],
  promises: (id) => [
    card,
    ...streamed("Se lo garantizo: es gratis los 3 primeros meses y baja a 19,90 €."),
    done(id, "Se lo garantizo: es gratis los 3 primeros meses y baja a 19,90 €.", {
      unverified: ["3 primeros meses", "19,90 €", "garantizo", "gratis"],
    }),
  ],
  none: (id) => [...streamed("Lo consulto y le llamo hoy."), done(id, "Lo consulto y le llamo hoy.")],
  nothing: () => [
    failed("ollama_unreachable", "La IA está apagada. Ofrece consultarlo y devolver la llamada."),
  ],
  down: () => [
    card,
    failed(
      "ollama_unreachable",
      "La IA está apagada: en el servidor, arranca Ollama (ollama serve). Usa la respuesta aprobada.",
    ),
  ],
  busy: () => [
    card,
    failed("busy", "La IA atiende otras llamadas: prueba en unos segundos. Usa la respuesta aprobada."),
  ],
  slow: () => [
    card,
    ...streamed(WORDS).slice(0, 6),
    failed("ollama_slow", "La IA va lenta. Usa la respuesta aprobada."),
  ],
  superseded: () => [card, failed("superseded", "Has preguntado otra cosa. Usa la respuesta aprobada.")],
  held_out: () => [
    card,
    failed("held_out", "Llamada de comparación: solo respuestas aprobadas. Usa la respuesta aprobada."),
  ],
} satisfies Record<string, (id: string) => AskEvent[]>;

export type Ai = keyof typeof scripts;
export type CopilotOptions = {
  ai?: Ai;
  models?: string[];
  /** Downloads that stay where they are. */
  pulls?: Pull[];
};

/** A download's way, one step each time that somebody asks. */
const STEPS: [Pull["step"], completed: number][] = [
  ["preparing", 0],
  ["downloading", 1_806_000_000],
  ["downloading", 3_990_000_000],
  ["checking", 4_200_000_000],
  ["done", 4_200_000_000],
];

/** /api/copilot with a made-up model. */
export function fakeCopilot(options: CopilotOptions, role: () => Role | null) {
  const { ai = "done", models = ["llama3:latest", "mistral:7b", "neural-chat:latest"] } = options;
  const installed = ai === "down" ? [] : [...models];
  const coming = new Map<string, number>();
  const told = new Map<string, object>();
  const settings = { model: "llama3", holdOut: false };
  const own = { model: "" };
  const pullOf = (model: string, at: number): Pull => {
    const [step, completed] = STEPS[Math.min(at, STEPS.length - 1)] ?? ["done", 0];
    return { model, step, completed, total: at === 0 ? 0 : 4_200_000_000, hint: null };
  };
  const status = (context?: string): CopilotStatus => {
    for (const [model, at] of coming) {
      coming.set(model, at + 1);
      if (at + 1 === STEPS.length - 1) installed.push(model);
    }
    return {
      available: ai !== "down",
      model: own.model || settings.model,
      models: installed,
      pulls: options.pulls ?? [...coming].map(([model, at]) => pullOf(model, at)),
      objections: objections(context?.includes("Seguro") ? INSURANCE : LABELS),
      language: "es",
    };
  };
  const refused = () =>
    problem(
      422,
      "model_refused",
      "Ese modelo sacaría las llamadas de la empresa.",
      "Elige uno que funcione en vuestras máquinas, sin «cloud».",
    );
  const missing = () =>
    problem(
      422,
      "model_missing",
      "Ese modelo no está instalado.",
      "Descárgalo antes en Administración → Copiloto.",
    );
  const isCloud = (model: string): boolean => /[-:]cloud$/.test(model);

  const app = new Hono()
    .get("/status", (c) => c.json(status(statusQuery.parse(c.req.query()).context), 200))
    .post("/ask", async (c) => {
      const { id = "" } = askInput.parse(await c.req.json());
      told.set(id, {});
      return sse((send, end) => {
        for (const event of scripts[ai](id)) send(event);
        if (ai !== "half") end();
      });
    })
    // sure of a price, of nothing else
    .post("/find", async (c) => {
      const { text } = findInput.parse(await c.req.json());
      return c.json({ card: /caro|precio/.test(text) ? card.data : null }, 200);
    })
    .post("/asks/:id", async (c) => {
      const id = c.req.param("id");
      const before = told.get(id);
      if (!before) return c.json(problem(404, "not_found", "No existe, o no es tuyo.", ""), 404);
      told.set(id, { ...before, ...askFeedback.parse(await c.req.json()) });
      return c.body(null, 204);
    })
    .put("/model", async (c) => {
      const { model } = modelChoice.parse(await c.req.json());
      if (isCloud(model)) return c.json(refused(), 422);
      if (!installed.includes(model)) return c.json(missing(), 422);
      if (role() === "admin") settings.model = model;
      else own.model = model;
      return c.json(status(), 200);
    })
    .get("/settings", (c) => c.json(settings, 200))
    .put("/settings", async (c) => {
      settings.holdOut = copilotSettingsChange.parse(await c.req.json()).holdOut;
      return c.json(settings, 200);
    })
    .post("/pulls", async (c) => {
      const { model } = modelChoice.parse(await c.req.json());
      if (isCloud(model)) return c.json(refused(), 422);
      coming.set(model, 0);
      return c.json(pullOf(model, 0), 201);
    })
    .delete("/pulls", (c) => {
      coming.delete(modelChoice.parse(c.req.query()).model);
      return c.body(null, 204);
    });
  return {
    app,
    /** What the pages told of each ask, all of it together. */
    told,
  };
}
