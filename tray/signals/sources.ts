import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { CallSignals, Icon } from "../ports.ts";
import { baresipSignals } from "./baresip.ts";
import { macUse } from "./mac.ts";
import { menuSignals } from "./menu.ts";
import { type MicrophoneUse, microphoneSignals } from "./microphone.ts";
import { pulseUse } from "./pulse.ts";
import { windowsUse } from "./windows.ts";

type Parts = { config: Config; icon: Pick<Icon, "onAction">; env: NodeJS.ProcessEnv; log: Log };

/** Everything on this PC, besides the control API, that notices that a call begins or ends. */
export function signalSources({ config, icon, env, log }: Parts): CallSignals[] {
  const sources = [menuSignals(icon)];
  const [host = "", port] = config.BARESIP_CONTROL?.split(":") ?? [];
  if (port !== undefined) sources.push(baresipSignals({ host, port: Number(port), log }));
  const softphones = config.SOFTPHONES;
  if (softphones.length > 0)
    sources.push(microphoneSignals({ use: useOn(process.platform, env, log), softphones }));
  return sources;
}

function useOn(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, log: Log): MicrophoneUse {
  if (platform === "win32") return windowsUse({ log });
  return platform === "darwin" ? macUse({ env, log }) : pulseUse({ env, log });
}
