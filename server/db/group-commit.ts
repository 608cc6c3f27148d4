import type { Database as Client, Statement } from "better-sqlite3";

/** One query as it travels to whoever runs it. `kept`: it comes again and again; `rows`: it returns some. */
export type Form = { sql: string; kept: boolean; rows: boolean };
export type Step = { form: Form; values: unknown[] };
/** What became of the steps of one job: the rows of each, as arrays of columns, or why none of them happened. */
export type Outcome = { rows: unknown[][][] } | { error: unknown };
/** Runs jobs in one transaction; durable when it returns. A bad row never sinks its neighbours. */
export type Commit = (jobs: Step[][]) => Outcome[] | Promise<Outcome[]>;

/** Commits over a connection, in the thread that calls it. */
export function committing(client: Client): (jobs: Step[][]) => Outcome[] {
  const [begin, commit, rollback, savepoint, release, undo] = [
    "begin immediate",
    "commit",
    "rollback",
    "savepoint job",
    "release job",
    "rollback to job",
  ].map((sql) => client.prepare(sql)) as [Statement, Statement, Statement, Statement, Statement, Statement];
  const kept = new Map<string, Statement>();

  function prepared({ sql, kept: keeps, rows }: Form): Statement {
    const known = kept.get(sql);
    if (known) return known;
    const fresh = rows ? client.prepare(sql).raw() : client.prepare(sql);
    if (keeps) kept.set(sql, fresh);
    return fresh;
  }
  function run({ form, values }: Step): unknown[][] {
    const query = prepared(form);
    if (form.rows) return query.all(...values) as unknown[][];
    query.run(...values);
    return [];
  }
  const one = (steps: Step[]): Outcome => ({ rows: steps.map(run) });

  /** Each behind a savepoint, so that what fails is undone alone. */
  function apart(steps: Step[]): Outcome {
    savepoint.run();
    try {
      return one(steps);
    } catch (error) {
      // a full disk has undone everything
      if (!client.inTransaction) throw error;
      undo.run();
      return { error };
    } finally {
      if (client.inTransaction) release.run();
    }
  }
  function together(jobs: Step[][], how: (steps: Step[]) => Outcome): Outcome[] {
    begin.run();
    try {
      const outcomes = jobs.map(how);
      commit.run();
      return outcomes;
    } catch (error) {
      if (client.inTransaction) rollback.run();
      throw error;
    }
  }

  return (jobs) => {
    try {
      return together(jobs, one);
    } catch (error) {
      if (jobs.length === 1) return [{ error }];
    }
    // nearly all jobs are good, and savepoints cost: only where one failed does each get its own
    try {
      return together(jobs, apart);
    } catch (error) {
      return jobs.map(() => ({ error }));
    }
  };
}

type Job = { steps: Step[]; resolve(rows: unknown[][][]): void; reject(error: unknown): void };

/**
 * Gathers what is to be written while a turn of the event loop lasts, and while the commit before it does, so that a
 * hundred requests share one fsync.
 */
export class GroupCommit {
  readonly #commit: Commit;
  #waiting: Job[] = [];
  #running: Promise<void> | null = null;

  constructor(commit: Commit) {
    this.#commit = commit;
  }

  /** Resolves after the commit, to the rows of each step; rejects with the error of these steps only. */
  add(steps: Step[]): Promise<unknown[][][]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ steps, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const jobs = this.#waiting;
      this.#waiting = [];
      try {
        const outcomes = await this.#commit(jobs.map(({ steps }) => steps));
        for (const [i, job] of jobs.entries()) {
          const outcome = outcomes[i] ?? { error: new Error("no outcome") };
          if ("error" in outcome) job.reject(outcome.error);
          else job.resolve(outcome.rows);
        }
      } catch (error) {
        for (const job of jobs) job.reject(error);
      }
    }
    this.#running = null;
  }
}
