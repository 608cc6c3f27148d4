import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import wavefile from "wavefile";
import { eventually } from "./eventually.ts";

const run = promisify(execFile);

/** The commands that this rig needs, for `needs(...AUDIO)`. */
export const AUDIO = ["pulseaudio", "pactl", "parec", "paplay", "espeak-ng", "sox"];
export const RATE = 44_100;

/** What the two say in tests, in Spanish; long enough that their envelopes tell them apart. */
export const AGENT_SAYS =
  "Buenos días, le llamo de la compañía de la luz. ¿Tiene un momento para hablar de su tarifa?";
export const CUSTOMER_SAYS = "Ya le dije que no. Es muy caro, y además estoy contento con lo que tengo.";

/** A PulseAudio of this test alone: a headset whose microphone is `mic`, nothing of the machine's own. */
export class SoundServer {
  /** For every process that records or plays here. */
  readonly env: NodeJS.ProcessEnv;
  readonly #folder: string;
  #server: ChildProcess;
  readonly #launch: () => ChildProcess;
  readonly #players = new Set<ChildProcess>();

  private constructor(folder: string, launch: () => ChildProcess, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#launch = launch;
    this.#server = launch();
    this.env = env;
  }

  static async open(): Promise<SoundServer> {
    const folder = await mkdtemp(join(tmpdir(), "sound-"));
    const socket = join(folder, "native");
    const own = { HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: join(folder, "pulse") };
    const env = { ...process.env, ...own, PULSE_SERVER: `unix:${socket}` };
    const modules = [
      `module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
      // Without norewinds a null sink lags up to two seconds behind.
      "module-null-sink sink_name=headset norewinds=1 rate=44100 channels=2",
      "module-null-sink sink_name=micfeed norewinds=1 rate=44100 channels=1",
      "module-remap-source source_name=mic master=micfeed.monitor",
    ];
    const flags = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit=yes", "--use-pid-file=no"];
    const args = [...flags, "--log-target=stderr", ...modules.flatMap((module) => ["-L", module])];
    const launch = () => spawn("pulseaudio", args, { env: { ...process.env, ...own }, stdio: "ignore" });
    const sound = new SoundServer(folder, launch, env);
    await sound.#ready();
    return sound;
  }

  async #ready(): Promise<void> {
    await eventually("PulseAudio", () => this.pactl("info"));
    await this.pactl("set-default-sink", "headset");
    await this.pactl("set-default-source", "mic");
  }

  /** Asks or commands the sound server. */
  async pactl(...words: string[]): Promise<string> {
    return (await run("pactl", words, { env: this.env })).stdout;
  }

  /** It dies and comes back with the same devices, as after a crash. */
  async restart(): Promise<void> {
    this.#server.kill("SIGKILL");
    await once(this.#server, "close");
    this.#server = this.#launch();
    await this.#ready();
  }

  /** Speaks `text` in Spanish into a mono WAV at 44.1 kHz; returns its file. */
  async speech(name: string, text: string): Promise<string> {
    const spoken = join(this.#folder, `${name}.spoken.wav`);
    const file = join(this.#folder, `${name}.wav`);
    await run("espeak-ng", ["-v", "es", "-w", spoken, text]);
    await run("sox", [spoken, "-r", String(RATE), "-c", "1", file]);
    return file;
  }

  /** The agent speaks into the microphone; resolves when she has finished. */
  agentSays(file: string): Promise<void> {
    return this.plays("micfeed", file);
  }

  /** The customer is heard in the headset; resolves when they have finished. */
  customerSays(file: string): Promise<void> {
    return this.plays("headset", file);
  }

  /** The processes that record now: their ids, by the device they were given. */
  async recorders(): Promise<{ pid: number; device: string }[]> {
    const { stdout } = await run("pactl", ["-f", "json", "list", "source-outputs"], { env: this.env });
    const outputs = JSON.parse(stdout) as { source: number; properties: Record<string, string> }[];
    const { stdout: short } = await run("pactl", ["list", "short", "sources"], { env: this.env });
    const names = new Map(
      short
        .trim()
        .split("\n")
        .map((line) => [Number(line.split("\t")[0]), line.split("\t")[1]]),
    );
    return outputs
      .filter(({ properties }) => properties["application.name"] === "CallManager")
      .map(({ source, properties }) => ({
        pid: Number(properties["application.process.id"]),
        device: names.get(source) ?? "",
      }));
  }

  async close(): Promise<void> {
    for (const process of [...this.#players, this.#server]) {
      if (process.exitCode !== null || process.signalCode !== null) continue;
      process.kill("SIGKILL");
      await once(process, "close");
    }
    // a program that has not noticed yet may still be writing its cookie there
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** Plays a file on a device; resolves at its end. */
  async plays(sink: string, file: string): Promise<void> {
    const player = spawn("paplay", ["-d", sink, file], { env: this.env, stdio: "ignore" });
    this.#players.add(player);
    await once(player, "close");
    this.#players.delete(player);
  }
}

/** The channels of a WAV, each as samples. */
export async function channelsOf(file: string): Promise<Int16Array[]> {
  const wav = new wavefile.WaveFile(new Uint8Array(await readFile(file)));
  const count = "numChannels" in wav.fmt ? wav.fmt.numChannels : 1;
  const { buffer, byteOffset, length } = Uint8Array.from(
    "samples" in wav.data ? (wav.data.samples as Uint8Array) : [],
  );
  const all = new Int16Array(buffer, byteOffset, Math.floor(length / 2));
  return Array.from({ length: count }, (_, channel) => all.filter((_sample, i) => i % count === channel));
}

/** How well two sounds match in their envelopes of 10 ms, at the lag that suits them best: 1 is the same. */
export function likeness(heard: Int16Array, said: Int16Array): number {
  const [long, short] = [envelope(heard), envelope(said)];
  let best = -1;
  for (let lag = -50; lag <= long.length - short.length + 50; lag++) {
    const window = Float64Array.from(short, (_, i) => long[i + lag] ?? 0);
    best = Math.max(best, correlation(window, short));
  }
  return best;
}

function envelope(samples: Int16Array): Float64Array {
  const step = RATE / 100;
  return Float64Array.from({ length: Math.floor(samples.length / step) }, (_, i) => {
    const piece = samples.subarray(i * step, (i + 1) * step);
    return Math.sqrt(piece.reduce((sum, sample) => sum + sample * sample, 0) / step);
  });
}

/** Pearson's r. */
function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (of: Float64Array) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    const [x, y] = [value - meanA, (b[i] ?? 0) - meanB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB);
}
