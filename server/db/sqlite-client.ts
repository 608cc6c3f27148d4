import Sqlite from "better-sqlite3";

/**
 * A connection that may write. WAL with synchronous FULL: what was acknowledged survives a power cut.
 * @throws when the file cannot be opened
 */
export function openClient(file: string): Sqlite.Database {
  const client = new Sqlite(file);
  client.pragma("journal_mode = WAL");
  client.pragma("synchronous = FULL");
  client.pragma("foreign_keys = ON");
  client.pragma("busy_timeout = 5000");
  // what is deleted is overwritten: an erasure must leave nothing in the file
  client.pragma("secure_delete = ON");
  // 16 MB of log before it is worked into the file: four times fewer trips to the same pages
  client.pragma("wal_autocheckpoint = 4000");
  return client;
}
