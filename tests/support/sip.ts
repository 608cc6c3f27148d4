import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { netstring, netstrings } from "../../tray/signals/netstring.ts";
import { eventually } from "./eventually.ts";

/** What real SIP calls need. */
export const SIP = ["baresip", "sipp"];

/** A TCP port that is free now; SIP and RTP of a test take theirs from there on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/**
 * A real baresip with an account of its own. The agent's has its sound on PulseAudio and is commanded over its
 * console, because ctrl_tcp serves one client, and that is the tray.
 */
export class Softphone {
  readonly uri: string;
  readonly sipPort: number;
  readonly controlPort: number;
  readonly #consolePort: number;
  readonly #process: ChildProcess;

  private constructor(of: {
    name: string;
    sip: number;
    control: number;
    console: number;
    process: ChildProcess;
  }) {
    this.uri = `sip:${of.name}@127.0.0.1:${of.sip}`;
    this.sipPort = of.sip;
    this.controlPort = of.control;
    this.#consolePort = of.console;
    this.#process = of.process;
  }

  /**
   * @param speech a WAV of 8 kHz that it speaks instead of a microphone
   */
  static async open(
    folder: string,
    name: string,
    env: NodeJS.ProcessEnv,
    speech?: string,
  ): Promise<Softphone> {
    const home = join(folder, name);
    await mkdir(home, { recursive: true });
    const [sip, control, console] = [await freePort(), await freePort(), await freePort()];
    const rtp = 20_000 + 2 * Math.floor(Math.random() * 15_000);
    const sound = speech
      ? [`audio_source aufile,${speech}`, "audio_player alsa,null", "ausrc_srate 8000"]
      : ["audio_source alsa,pulse", "audio_player alsa,pulse", "audio_alert alsa,null", "ausrc_srate 48000"];
    const config = [
      "poll_method epoll",
      `sip_listen 127.0.0.1:${sip}`,
      "call_local_timeout 60",
      "call_max_calls 4",
      "call_hold_other_calls no",
      ...sound,
      `auplay_srate ${speech ? 8000 : 48_000}`,
      "auplay_channels 1",
      "ausrc_channels 1",
      "net_interface 127.0.0.1",
      `rtp_ports ${rtp}-${rtp + 200}`,
      "module_path /usr/lib/baresip/modules",
      ...["g711", "alsa", "aufile", "cons"].map((module) => `module ${module}.so`),
      ...["uuid", "account"].map((module) => `module_tmp ${module}.so`),
      ...["menu", "ctrl_tcp"].map((module) => `module_app ${module}.so`),
      `ctrl_tcp_listen 127.0.0.1:${control}`,
      `cons_listen 127.0.0.1:${console}`,
    ];
    await writeFile(join(home, "config"), `${config.join("\n")}\n`);
    await writeFile(
      join(home, "accounts"),
      `<sip:${name}@127.0.0.1:${sip};transport=udp>;regint=0;answermode=manual;audio_codecs=pcmu,pcma\n`,
    );
    await writeFile(join(home, "contacts"), "");
    const child = spawn("baresip", ["-4", "-f", home], { env, stdio: "ignore" });
    const phone = new Softphone({ name, sip, control, console, process: child });
    await eventually(`${name}'s softphone`, async () => {
      const socket = connect(control, "127.0.0.1");
      await once(socket, "connect");
      socket.destroy();
      return true;
    });
    return phone;
  }

  /** What its person does: `/accept`, `/hangup`, `/dial sip:…`, `/hold`, `/resume`. */
  async does(command: string): Promise<void> {
    const socket = createSocket("udp4");
    await new Promise((sent) => socket.send(`${command}\n`, this.#consolePort, "127.0.0.1", sent));
    socket.close();
  }

  /** Follows its events, and commands it as a program does. */
  async control(): Promise<SoftphoneControl> {
    const socket = connect(this.controlPort, "127.0.0.1");
    await once(socket, "connect");
    return new SoftphoneControl(socket);
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill("SIGKILL");
    await once(this.#process, "close");
  }
}

/** The other side's ctrl_tcp: answers or refuses what comes in, by itself. */
export class SoftphoneControl {
  readonly #socket: Socket;
  /** What it does with the next call that comes in; nothing for «ring». */
  next: "accept" | "hangup" | "ring" = "accept";

  constructor(socket: Socket) {
    this.#socket = socket;
    const take = netstrings((text) => {
      const { type } = JSON.parse(text) as { type?: string };
      if (type === "CALL_INCOMING" && this.next !== "ring") this.does(this.next);
    });
    socket.on("data", (chunk: Buffer) => void take(chunk));
    socket.on("error", () => undefined);
  }

  does(command: string, params = ""): void {
    this.#socket.write(netstring(JSON.stringify({ command, params, token: "x" })));
  }

  close(): void {
    this.#socket.destroy();
  }
}

type Caller = {
  /** Where to: the port of the softphone that is called. */
  port: number;
  phone: string;
  name: string;
  /** Speech as raw µ-law at 8 kHz. */
  speech: string;
  talkMs: number;
};

/** Calls a softphone with sipp, talks and hangs up. Resolves to its exit code: 0 when the call went like that. */
export async function sippCalls(folder: string, caller: Caller): Promise<number | null> {
  const scenario = join(folder, `sipp-${caller.phone}.xml`);
  await writeFile(scenario, talking(caller));
  const own = String(await freePort());
  const flags = ["-m", "1", "-l", "1", "-i", "127.0.0.1", "-p", own, "-mi", "127.0.0.1", "-nostdin"];
  const child = spawn("sipp", [`127.0.0.1:${caller.port}`, "-sf", scenario, ...flags, "-timeout", "30s"], {
    cwd: folder,
    stdio: "ignore",
    env: { ...process.env, TERM: "dumb" },
  });
  const [code] = (await once(child, "close")) as [number | null];
  return code;
}

/** The scenario: INVITE, wait for the answer, talk, BYE. */
function talking({ phone, name, speech, talkMs }: Caller): string {
  const request = (method: string, to: string, cseq: number, body: string) => `<send><![CDATA[
${method} sip:agente@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "${name}" <sip:${phone}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:agente@[remote_ip]:[remote_port]>${to}
Call-ID: [call_id]
CSeq: ${cseq} ${method}
Contact: <sip:${phone}@[local_ip]:[local_port]>
Max-Forwards: 70
${body}
]]></send>`;
  const sdp = `Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
`;
  const empty = "Content-Length: 0\n";
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="call">
${request("INVITE", "", 1, sdp)}
<recv response="100" optional="true"/><recv response="180" optional="true"/><recv response="200"/>
${request("ACK", "[peer_tag_param]", 1, empty)}
<nop><action><exec rtp_stream="${speech},1,0"/></action></nop>
<pause milliseconds="${talkMs}"/>
${request("BYE", "[peer_tag_param]", 2, empty)}
<recv response="200"/>
</scenario>
`;
}
