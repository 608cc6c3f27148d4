// The shared worker of a browser: its name says who follows what, and every tab of theirs connects to the same one.
import { liveStream } from "./live-stream.ts";

const [userId = "", scope = ""] = self.name.split(" ");
const join = liveStream(userId, scope);
addEventListener("connect", (event) => {
  const [page] = (event as MessageEvent).ports;
  if (page) join(page);
});
