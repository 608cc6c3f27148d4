import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { id } from "#contract";

/** Which contacts and calls of one person a job erased: ids, by which nobody finds the person any more. */
const erasedPerson = z.object({ job: id, contacts: z.array(id), calls: z.array(id) });
export type ErasedPerson = z.infer<typeof erasedPerson>;

/**
 * Who was erased, a line for each part of them. It lies among the backups and not in the database, so that it is there
 * when an older database comes back, and goes with the backups to another machine.
 */
export function erasedList(dataFolder: string) {
  const folder = join(dataFolder, "backups");
  const file = join(folder, "erased.jsonl");
  return {
    /** Adds a part of somebody, durably: before it goes. */
    async add(part: ErasedPerson): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const list = await open(file, "a", 0o600);
      try {
        // a line that a power cut has left half must not take this one with it
        await list.appendFile(`\n${JSON.stringify(part)}\n`);
        await list.sync();
      } finally {
        await list.close();
      }
    },
    /** All of them, each once, in the order in which they were erased. @throws what the disk says */
    async all(): Promise<ErasedPerson[]> {
      const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return "";
        // a list that cannot be read is not an empty one: somebody who was erased would stay
        throw error;
      });
      const parts = text.split("\n").flatMap((line) => partIn(line) ?? []);
      return [...Map.groupBy(parts, ({ job }) => job)].map(([job, of]) => ({
        job,
        contacts: of.flatMap(({ contacts }) => contacts),
        calls: of.flatMap(({ calls }) => calls),
      }));
    },
  };
}

function partIn(line: string): ErasedPerson | null {
  try {
    return erasedPerson.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
