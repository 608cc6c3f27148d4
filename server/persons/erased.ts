import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { id, instant } from "#contract";

/** Whose contacts and calls were erased: ids, by which nobody finds the person any more. */
const erasedPerson = z.object({ job: id, at: instant, contacts: z.array(id), calls: z.array(id) });
export type ErasedPerson = z.infer<typeof erasedPerson>;

/**
 * Who was erased, one line each. It lies among the backups and not in the database, so that it is there when an older
 * database comes back, and goes with the backups to another machine.
 */
export function erasedList(dataFolder: string) {
  const folder = join(dataFolder, "backups");
  const file = join(folder, "erased.jsonl");
  return {
    /** Adds one, durably: before anything of them goes. */
    async add(person: ErasedPerson): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const list = await open(file, "a", 0o600);
      try {
        // a line that a power cut has left half must not take this one with it
        await list.appendFile(`\n${JSON.stringify(person)}\n`);
        await list.sync();
      } finally {
        await list.close();
      }
    },
    /** All of them, in the order in which they were erased. */
    async all(): Promise<ErasedPerson[]> {
      const text = await readFile(file, "utf8").catch(() => "");
      return text.split("\n").flatMap((line) => personIn(line) ?? []);
    },
  };
}

function personIn(line: string): ErasedPerson | null {
  try {
    return erasedPerson.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
