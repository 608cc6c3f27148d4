import type { Page } from "playwright-core";
import { stringify } from "yaml";
import { playbooks } from "./playbook-scene.ts";

/** The fibre playbook as a file: two cards less, one more, one changed; `wrong` goes over its second card. */
export function playbookYaml(wrong: Record<string, unknown> = {}): string {
  const [fibre] = playbooks;
  if (!fibre) throw new Error("the scene has no playbook");
  const cards = fibre.cards
    .slice(2)
    .map(({ version: _v, approvedBy: _by, approvedOn: _on, ...card }) => card);
  const [first, second, ...rest] = cards;
  return stringify({
    format: "callmanager-playbook/1",
    id: fibre.id,
    name: fibre.name,
    cards: [
      { ...first, title: "Ya tengo fibra" },
      { ...second, ...wrong },
      ...rest,
      { ...second, id: "fibra-nueva", key: null, title: "Otra hora" },
    ],
  });
}

/** Chooses a file as a person does, by its name and content. */
export async function chooseFile(page: Page, text: string, name = "fibra-es.yaml"): Promise<void> {
  await page.setInputFiles("input[type=file]", { name, mimeType: "", buffer: Buffer.from(text) });
  await page.waitForSelector("[data-change], .mistakes");
}
