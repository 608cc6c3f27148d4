import { monitorEventLoopDelay } from "node:perf_hooks";

/** Imported into a server: tells whoever started it the longest that its event loop stood still since the last time. */
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on("message", () => {
  process.send?.({ longestMs: delay.max / 1e6, p99Ms: delay.percentile(99) / 1e6 });
  delay.reset();
});
process.channel?.unref();
