import { isNode, LineCounter, parseDocument, stringify } from "yaml";
import type { Language, Playbook } from "#contract";
import { AppError } from "../errors.ts";
import { checkedFile, contentOf, FORMAT, type PlaybookFile } from "./file.ts";

const LINE: Record<Language, string> = { es: "línea", en: "line" };
const ALIASES: Record<Language, string> = { es: "sin alias (*)", en: "no aliases (*)" };

/**
 * A playbook from YAML.
 * @throws import_invalid with the line of every mistake
 */
export function readYaml(text: string, language: Language): PlaybookFile {
  const lines = new LineCounter();
  // aliases can blow a small file up to any size
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number | undefined) =>
    `${LINE[language]} ${offset === undefined ? "?" : lines.linePos(offset).line}`;
  if (document.errors.length > 0)
    throw new AppError("import_invalid", {
      errors: document.errors
        .slice(0, 20)
        .map(({ pos, message }) => ({ path: at(pos[0]), message: message.split("\n")[0] ?? "" })),
    });
  const nodeAt = (path: PropertyKey[]): number | undefined => {
    const node = document.getIn(path, true);
    if (isNode(node)) return node.range?.[0];
    return path.length === 0 ? 0 : nodeAt(path.slice(0, -1));
  };
  let read: unknown;
  try {
    read = document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw new AppError("import_invalid", { errors: [{ path: "", message: ALIASES[language] }], cause });
  }
  return checkedFile(read, (path) => [at(nodeAt(path)), path.join(".")].filter(Boolean).join(", "), language);
}

/** A playbook as YAML, to be kept, edited and read again. */
export function writeYaml(playbook: Playbook): string {
  const { id, cards } = playbook;
  return stringify({ format: FORMAT, id, ...contentOf(playbook), cards }, { lineWidth: 110 });
}
