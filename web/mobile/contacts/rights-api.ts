import type { Backup, Job, Person, PersonFound } from "#contract";
import { json, queryString } from "../../api.ts";

/** What the server does for one person everywhere; for admins. */
export const rightsApi = {
  found: (person: Person) => json<PersonFound>("GET", `/api/persons${queryString(person)}`),
  gather: (person: Person) => json<Job>("POST", "/api/persons/export", person),
  erase: (person: Person) => json<Job>("POST", "/api/persons/erase", person),
  /** Copies of the database from before keep who is erased now, each until its end. */
  backups: async () => (await json<{ items: Backup[] }>("GET", "/api/backups")).items,
};
