// socket.io as its documentation uses it: a room for each audience, the same frames at the same instants.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import type { Seen } from "./fanout-boards.ts";

const http = createServer();
const io = new Server(http, { serveClient: false });
io.on("connection", async (socket) => {
  const { sees } = socket.handshake.auth as { sees: string };
  await socket.join(sees);
});
/** `play <file>`: emits what is in it at its instants. */
process.on("message", (file: string) => {
  for (const { at, sees, events } of JSON.parse(readFileSync(file, "utf8")) as Seen[])
    setTimeout(() => io.to(sees).emit("frame", events, new Date().toISOString()), at);
});
http.listen(0, "127.0.0.1", () => {
  console.log(`listens on http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});
