// The customer's side on Windows and macOS: raw mono PCM on stdout, as the other recorders. Not yet run there.
import { type NativeRecorder, recordOutput } from "./loopback.ts";

// an optional dependency: it exists for these two systems only
const name = "native-recorder-nodejs";
const { AudioRecorder } = (await import(name)) as { AudioRecorder: NativeRecorder };
const fill = await recordOutput({
  recorder: AudioRecorder,
  device: process.argv[2],
  write: (bytes) => void process.stdout.write(bytes),
  now: () => performance.now(),
});
setInterval(fill, 100);
process.stdout.on("error", () => process.exit(0));
