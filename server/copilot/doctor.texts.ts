import type { Language } from "#contract";

const seconds = (ms: number, comma: string): string => `${(ms / 1000).toFixed(1).replace(".", comma)} s`;

const es = {
  silent: (url: string) => `no responde en ${url}`,
  start: "Arráncalo en el servidor (ollama serve), o pon su dirección en OLLAMA_URL.",
  cloud: "Nube",
  cloudOff: "apagada: nada sale de la empresa",
  cloudOn: "encendida: Ollama podría usar modelos de ollama.com",
  cloudUnknown: "este Ollama no lo dice",
  cloudTodo: "Arranca Ollama con OLLAMA_NO_CLOUD=1. CallManager ya rechaza los modelos «cloud».",
  model: "Modelo",
  refused: (model: string) => `${model} saldría de la empresa`,
  choose: "Elige uno local en Administración → Copiloto, o con OLLAMA_MODEL.",
  missing: (model: string) => `${model} no está instalado`,
  pull: (model: string) => `Descárgalo: ollama pull ${model}, o en Administración → Copiloto.`,
  loadedIn: (model: string, ms: number) => `${model}, listo en ${seconds(ms, ",")}`,
  broken: (model: string) => `${model} no ha llegado a responder`,
  look: "Mira el registro de Ollama: suele faltar memoria. Prueba un modelo más pequeño (llama3.2:3b).",
  firstWord: "Primera palabra",
  ms: (ms: number) => seconds(ms, ","),
  slowTodo:
    "Usa una tarjeta gráfica o un modelo más pequeño (llama3.2:3b). La respuesta aprobada sale igual al instante.",
  speed: "Velocidad",
  perSecond: (speed: number) => `${Math.round(speed)} tokens por segundo`,
  memory: "Memoria",
  gone: "el modelo no se queda cargado",
  keepAlive: "Arranca Ollama con OLLAMA_KEEP_ALIVE=-1.",
  onGpu: (share: number) => `${Math.round(share * 100)} % en la tarjeta gráfica`,
  spilled:
    "El modelo no cabe en la tarjeta: usa uno más pequeño, menos OLLAMA_CONTEXT_LENGTH o menos OLLAMA_NUM_PARALLEL.",
  context: "Contexto",
  tokens: (tokens: number) => `${tokens} tokens`,
  contextTodo: (tokens: number) => `Arranca Ollama con OLLAMA_CONTEXT_LENGTH=${tokens}.`,
  slots: "A la vez",
  atOnce: (at: number, slots: number) => `${at} respuestas a la vez; el servidor pide ${slots}`,
  slotsTodo: (at: number) =>
    `Arranca Ollama y CallManager con el mismo OLLAMA_NUM_PARALLEL: 4 a 8 con una tarjeta de 24 GB, o ${at} en CallManager.`,
};

const en: typeof es = {
  silent: (url) => `does not answer at ${url}`,
  start: "Start it on the server (ollama serve), or put its address into OLLAMA_URL.",
  cloud: "Cloud",
  cloudOff: "off: nothing leaves the company",
  cloudOn: "on: Ollama could use models of ollama.com",
  cloudUnknown: "this Ollama does not say",
  cloudTodo: "Start Ollama with OLLAMA_NO_CLOUD=1. CallManager refuses «cloud» models already.",
  model: "Model",
  refused: (model) => `${model} would leave the company`,
  choose: "Choose a local one under Administration → Copilot, or with OLLAMA_MODEL.",
  missing: (model) => `${model} is not installed`,
  pull: (model) => `Fetch it: ollama pull ${model}, or under Administration → Copilot.`,
  loadedIn: (model, ms) => `${model}, ready in ${seconds(ms, ".")}`,
  broken: (model) => `${model} did not answer`,
  look: "Look at Ollama's log: most often memory is short. Try a smaller model (llama3.2:3b).",
  firstWord: "First word",
  ms: (ms) => seconds(ms, "."),
  slowTodo:
    "Use a graphics card or a smaller model (llama3.2:3b). The approved answer is there at once all the same.",
  speed: "Speed",
  perSecond: (speed) => `${Math.round(speed)} tokens a second`,
  memory: "Memory",
  gone: "the model does not stay loaded",
  keepAlive: "Start Ollama with OLLAMA_KEEP_ALIVE=-1.",
  onGpu: (share) => `${Math.round(share * 100)} % on the graphics card`,
  spilled:
    "The model does not fit the card: use a smaller one, less OLLAMA_CONTEXT_LENGTH or less OLLAMA_NUM_PARALLEL.",
  context: "Context",
  tokens: (tokens) => `${tokens} tokens`,
  contextTodo: (tokens) => `Start Ollama with OLLAMA_CONTEXT_LENGTH=${tokens}.`,
  slots: "At once",
  atOnce: (at, slots) => `${at} answers at once; the server asks for ${slots}`,
  slotsTodo: (at) =>
    `Start Ollama and CallManager with the same OLLAMA_NUM_PARALLEL: 4 to 8 with a card of 24 GB, or ${at} for CallManager.`,
};

/** All that `copilot doctor` says. */
export const doctorTexts: Record<Language, typeof es> = { es, en };
