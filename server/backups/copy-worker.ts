// Copies and checks a database beside the server's own thread, which goes on with its calls.
import { parentPort, workerData } from "node:worker_threads";
import { copySqlite } from "./sqlite-copy.ts";

const { from, to } = workerData as { from: string; to: string };
parentPort?.postMessage(await copySqlite(from, to));
