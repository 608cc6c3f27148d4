import { statfs } from "node:fs/promises";

const GIB = 1024 ** 3;
const EVERY_MS = 60_000;

/** What is free for this user where the recordings lie, in GiB. @throws Error when the folder cannot be asked */
export async function freeGib(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return (bavail * bsize) / GIB;
}

/** Tells now, and whenever it changes, whether less than `leastGib` is left. @returns how to stop */
export function watchDisk(folder: string, leastGib: number, tell: (full: boolean) => void): () => void {
  let told = false;
  const look = async () => {
    // a disk that cannot be asked is not called full: the recording itself will say what is wrong
    const full = await freeGib(folder).then(
      (free) => free < leastGib,
      () => false,
    );
    if (full === told) return;
    told = full;
    tell(full);
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  void look();
  return () => clearInterval(timer);
}
