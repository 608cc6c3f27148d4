// Writes beside the server's own thread, which goes on with its requests while the disk is waited for.
import { parentPort, workerData } from "node:worker_threads";
import { committing, type Outcome } from "./group-commit.ts";
import { unpacking } from "./parcels.ts";
import { openClient } from "./sqlite-client.ts";

const { file } = workerData as { file: string };
const client = openClient(file);
const commit = committing(client);
const unpack = unpacking();

/** An error's code does not travel with it. */
const travelling = (outcome: Outcome): Outcome => {
  if (!("error" in outcome) || !(outcome.error instanceof Error)) return outcome;
  const { message, stack } = outcome.error;
  return { error: { message, stack, ...("code" in outcome.error && { code: outcome.error.code }) } };
};

parentPort?.on("message", (parcel: unknown[] | "close") => {
  if (parcel !== "close") return parentPort?.postMessage(commit(unpack(parcel)).map(travelling));
  client.close();
  parentPort?.postMessage("closed");
});
