import type { Database as Client } from "better-sqlite3";

type Job<Work> = { work: Work; resolve(results: unknown[]): void; reject(error: unknown): void };

/**
 * Puts all writes of one turn of the event loop into one transaction, so that a hundred requests share one
 * fsync. Each has its savepoint: a bad row never sinks its neighbours.
 */
export class GroupCommit<Work> {
  #jobs: Job<Work>[] = [];
  #begin;
  #commit;
  #rollback;
  #savepoint;
  #release;
  #undo;
  #run: (work: Work) => unknown[];

  constructor(client: Client, run: (work: Work) => unknown[]) {
    this.#run = run;
    this.#begin = client.prepare("begin immediate");
    this.#commit = client.prepare("commit");
    this.#rollback = client.prepare("rollback");
    this.#savepoint = client.prepare("savepoint job");
    this.#release = client.prepare("release job");
    this.#undo = client.prepare("rollback to job");
  }

  /** Resolves after the commit, to what the writes returned; rejects with the error of its own writes only. */
  add(work: Work): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({ work, resolve, reject });
      if (this.#jobs.length === 1) setImmediate(() => this.#flush());
    });
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#jobs.length > 0) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  #flush(): void {
    const jobs = this.#jobs;
    this.#jobs = [];
    const settled: (() => void)[] = [];
    try {
      this.#begin.run();
      for (const job of jobs) settled.push(this.#one(job));
      this.#commit.run();
    } catch (error) {
      this.#abandon();
      for (const job of jobs) job.reject(error);
      return;
    }
    for (const settle of settled) settle();
  }

  #one(job: Job<Work>): () => void {
    this.#savepoint.run();
    try {
      const results = this.#run(job.work);
      this.#release.run();
      return () => job.resolve(results);
    } catch (error) {
      this.#undo.run();
      this.#release.run();
      return () => job.reject(error);
    }
  }

  /** A full disk rolls back by itself, and `rollback` then complains that there is nothing to roll back. */
  #abandon(): void {
    if (this.#rollback.database.inTransaction) this.#rollback.run();
  }
}
