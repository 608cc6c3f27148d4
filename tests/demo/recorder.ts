import type { BuiltInDisposition } from "#contract";
import type { Agent, Campaign } from "./cast.ts";
import { chance } from "./chance.ts";
import { talk, type Talk } from "./talk.ts";
import { BYTES_A_SECOND, recorded } from "./voices.ts";
import { sendRecording, type Ask } from "./wire.ts";

/** A call as its recording needs to know it; what is said in it is the same each time for the same id. */
export type Heard = {
  id: string;
  campaign: Campaign;
  disposition: BuiltInDisposition;
  seconds: number;
  customer: string | undefined;
};
export type Recorder = {
  said(agent: Agent, call: Heard): Talk;
  /** Sends what was said, and the sound of it while the demo's disk has room. */
  keep(device: Ask, agent: Agent, call: Heard): Promise<void>;
};

/** Bytes of recordings after which calls stay without one: a demo that is forgotten must not fill a disk. */
const MOST_BYTES = 500_000_000;

/**
 * The PCs' recorders.
 * @param full is told once, when there is no more room
 */
export function recorder(bytesNow: number, full: () => void): Recorder {
  let bytes = bytesNow;
  let told = false;
  const said = (agent: Agent, { id, ...call }: Heard) => talk({ ...call, agent: agent.name }, chance(id));
  return {
    said,
    async keep(device, agent, call) {
      const { lines } = said(agent, call);
      if (lines.length > 0)
        await device("POST", `/api/transcripts/${call.id}`, {
          engine: "demo",
          model: "texto inventado",
          lines: agent.deaf ? lines.filter(({ side }) => side === "agent") : lines,
        });
      if (bytes + call.seconds * BYTES_A_SECOND > MOST_BYTES) {
        if (!told) full();
        told = true;
        return;
      }
      const deaf = agent.deaf === true;
      const sound = recorded(lines, { seconds: call.seconds, pitch: agent.pitch, seed: call.id, deaf });
      bytes += sound.bytes.length;
      await sendRecording(device, call.id, sound);
    },
  };
}
