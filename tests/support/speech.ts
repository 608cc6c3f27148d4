import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SpeechModel, SttEvent } from "../../tray/ports.ts";
import { Resampler } from "../../tray/recorder/resampler.ts";
import { root } from "./process.ts";

const run = promisify(execFile);
export const RATE = 44_100;

/** What the recogniser of `tests/fixtures/stt-es-espeak` was trained on. */
export const SENTENCES = [
  "es muy caro",
  "no me interesa",
  "llámame mañana por la tarde",
  "ya tengo internet con otra compañía",
  "quiero cancelar mi servicio",
  "tengo que pensarlo",
  "la competencia es más barata",
  "no tengo tiempo ahora",
  "mándame la información por correo",
  "cuánto cuesta la instalación",
  "el servicio es muy lento",
  "quiero hablar con un supervisor",
  "no confío en ustedes",
  "tengo un contrato con permanencia",
  "está muy caro para mí",
  "la velocidad no es suficiente",
  "qué incluye el paquete",
  "puedo pagar con tarjeta",
  "me cobraron de más este mes",
  "necesito consultarlo con mi esposa",
  "no me llame más por favor",
  "ya lo intenté y no funcionó",
  "cuándo pueden instalarlo",
  "hay algún descuento",
  "el técnico nunca llegó",
  "quiero fibra óptica en mi casa",
  "trescientos megas es mucho para mí",
  "la factura llegó muy alta",
  "me voy a cambiar de compañía",
  "no entiendo el precio final",
  "buenos días quién habla",
  "sí me interesa la oferta",
  "dónde está su oficina",
  "gracias por su ayuda",
  "el contrato dura doce meses",
];

export const FIXTURE = join(root, "tests/fixtures/stt-es-espeak");
/** The recogniser of the tests, as the engine is given it. */
export const toyModel = (folder = FIXTURE): SpeechModel => ({
  id: "stt-es-espeak",
  kind: "nemoCtc",
  language: "es",
  folder,
  files: { model: "model.onnx", tokens: "tokens.txt" },
  tailMs: 800,
});

/** A sentence in espeak-ng's voice, mono at 44.1 kHz, with nothing before it and nothing after. */
export async function spoken(text: string, voice = "es"): Promise<Int16Array> {
  const options = { encoding: "buffer" as const, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await run("espeak-ng", ["-v", voice, "--stdout", text], options);
  const bytes = stdout.subarray(44);
  const samples = Int16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(2 * i));
  const loud = (sample: number) => Math.abs(sample) > 200;
  const cut = samples.subarray(samples.findIndex(loud), samples.findLastIndex(loud) + 1);
  return new Resampler(22_050, RATE).push(cut);
}

export const silence = (ms: number): Int16Array => new Int16Array(Math.round((ms * RATE) / 1000));

export function joined(parts: Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Sound in chunks of 40 ms with their places, as recorders deliver it. */
export function* chunks(samples: Int16Array, fromMs = 0): Generator<[samples: Int16Array, atMs: number]> {
  const step = RATE / 25;
  for (let at = 0; at < samples.length; at += step)
    yield [samples.subarray(at, at + step), fromMs + (at / RATE) * 1000];
}

/** How many letters must be changed, added or taken away. */
export function letterErrors(heard: string, said: string): number {
  let row = Array.from({ length: said.length + 1 }, (_, i) => i);
  for (const [i, letter] of Array.from(heard).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(said).entries())
      next.push(
        Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

export const finalsOf = (events: SttEvent[]) => events.filter((event) => event.kind === "final");
