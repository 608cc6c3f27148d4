import { fakeOllama, type FakeOllama } from "../support/ollama.ts";

/** No model: on the wire, in the panel and in what the demo prints it goes by this name. */
export const STAND_IN = "ia-simulada";

/** Says again, in other words, what the playbook's approved answer in the prompt says. */
export function reply(prompt: string): string[] {
  const approved = [...prompt.matchAll(/^\[1\] (.+?)(?: \([^()]*\))?$/gm)].at(-1)?.[1] ?? "";
  const sentences = approved.match(/[^.?!]+[.?!]/g)?.map((sentence) => sentence.trim()) ?? [];
  const question = sentences.findLast((sentence) => sentence.endsWith("?")) ?? "¿Le parece bien?";
  const fact = sentences.find((sentence, i) => i > 0 && sentence.endsWith("."));
  const text = [
    "Es normal que quiera verlo claro.",
    fact ?? "Lo compruebo y se lo digo ahora mismo.",
    question,
  ];
  return text.join(" ").match(/\s*\S+/g) ?? [];
}

/** A server that speaks as Ollama does, about as fast as a small model on a good card. */
export const standIn = (): Promise<FakeOllama> =>
  fakeOllama({ models: [STAND_IN], version: "0.0.0-demo", reply, firstTokenMs: 350, tokenMs: 45, slots: 4 });
