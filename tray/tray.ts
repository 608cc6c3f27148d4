import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Config } from "./config.ts";
import { createControl } from "./control/control.ts";
import { Desk } from "./desk.ts";
import { watchDisk } from "./disk.ts";
import { examine } from "./doctor/doctor.ts";
import { createEars } from "./ears/ears.ts";
import { sherpaEngine } from "./ears/sherpa.ts";
import { Shelf } from "./ears/shelf.ts";
import { Effects } from "./effects.ts";
import { createHotkey } from "./hotkey/hotkey.ts";
import { createIcon } from "./icon/icon.ts";
import { Journal } from "./journal.ts";
import { delivered, discarded, sweep } from "./keeping.ts";
import { type Log, reason } from "./log.ts";
import { isAvailability, menuOf } from "./look.ts";
import { createOutbox } from "./outbox/outbox.ts";
import { openInDefaultBrowser } from "./panel/open.ts";
import { createPanel } from "./panel/panel.ts";
import { createRecorder } from "./recorder/recorder.ts";
import { Recordings } from "./recordings.ts";
import { finishInterrupted } from "./recovery.ts";
import { PauseReasons } from "./reasons.ts";
import { deviceName, readDevice, writeDevice } from "./server/device.ts";
import { createServer } from "./server/server.ts";
import { initial, type Moment } from "./state.ts";
import { signalSources } from "./signals/sources.ts";
import { texts } from "./texts/texts.ts";

/** How long leaving may wait for the last things to reach the server, in milliseconds; the rest stays on the disk. */
const LAST_WORDS_MS = 3_000;
/** And for the last file to be closed: a full disk may never let that happen. */
const LAST_DEEDS_MS = 15_000;
const DAY_MS = 86_400_000;

type Options = {
  config: Config;
  env: NodeJS.ProcessEnv;
  clock: () => Moment;
  newId: () => string;
  log: Log;
};

/** A tray that runs: how to end it, and when it has ended. */
export type RunningTray = { quit(): void; gone: Promise<void> };

/**
 * Puts the parts together and starts them. What this machine lacks (a desktop, a host for icons, a browser)
 * is said in the log and left out.
 * @throws Error when the control API cannot listen
 */
export async function runTray({ config, env, clock, newId, log }: Options): Promise<RunningTray> {
  const { SERVER_URL: serverUrl, TRAY_DATA: data, LANGUAGE: language } = config;
  let device = readDevice(data, serverUrl);
  const token = () => device?.token ?? null;
  const words = texts[language];
  const session = { paired: device !== null, hotkeyWhen: config.HOTKEY_WHEN };

  const server = createServer({ url: serverUrl, token });
  const outbox = createOutbox({ data, serverUrl, token, log, onDelivered: delivered, onUnwanted: discarded });
  const recorder = createRecorder({
    agentDevice: config.AGENT_DEVICE,
    customerDevice: config.CUSTOMER_DEVICE,
    log,
  });
  const panel = createPanel({ data, server, language, log, env });
  // its two files as JavaScript from the second start on: the compiler for them would stay in memory, some 15 MB
  const cached = { ...env, NODE_COMPILE_CACHE: join(data, "cache") };
  const hotkey = createHotkey({ keycode: config.HOTKEY_KEYCODE, env: cached, log });
  const icon = createIcon({
    data,
    look: { state: "idle", menu: menuOf(initial(session), words) },
    env,
    log,
  });
  const shelf = new Shelf(data);
  const ears = createEars({
    engine: sherpaEngine({ env: cached }),
    server,
    model: (spoken) => shelf.modelFor(spoken, config.SPEECH_MODEL),
    onState: (callId, state) => desk.dispatch({ kind: "ears", callId, ears: state }),
    onCustomer: (callId) => desk.dispatch({ kind: "customer-heard", callId }),
    onHeard: (heard) => panel.heard(heard),
    onLines: (callId, body) => desk.dispatch({ kind: "transcribed", callId, body }),
    onScrubbed: (callId, where) => outbox.scrubbed(callId, where),
    log,
  });
  const journal = new Journal(data);
  const recordings = new Recordings({
    data,
    recorder,
    journal,
    agent: () => device?.agent.name ?? null,
    dispatch: (event) => desk.dispatch(event),
    beforeClose: (callId) => ears.finish(callId),
    log,
  });
  const gone = Promise.withResolvers<void>();
  const effects = new Effects({
    outbox,
    panel,
    ears,
    recordings,
    journal,
    log,
    exit: () => void leave().then(gone.resolve),
  });
  const desk = new Desk({
    ...session,
    texts: words,
    clock,
    newId,
    levels: (callId) => recordings.levels(callId),
    perform: (effect) => effects.perform(effect),
    draw: (state, menu) => {
      icon.show(state, menu);
      panel.tell(desk.status().call);
    },
  });
  const control = createControl({
    port: config.CONTROL_PORT,
    data,
    serverUrl,
    language,
    log,
    desk: {
      summon: () => desk.dispatch({ kind: "summon" }),
      status: () => desk.status(),
      pairing: () => ({ paired: device !== null, device: device?.device ?? deviceName() }),
      pair: async (code) => {
        const name = deviceName();
        device = { ...(await server.pair(code, name)), device: name, serverUrl };
        writeDevice(data, device);
        desk.dispatch({ kind: "paired", moment: clock() });
        void reasons.refresh();
      },
      examine: async () => {
        const findings = await examine({ config, env, texts: words });
        return findings.map((finding) => ({ ...finding, name: words.doctor.checks[finding.check] }));
      },
    },
  });
  const reasons = new PauseReasons({
    data,
    server,
    tell: (told) => desk.dispatch({ kind: "pause-reasons", reasons: told }),
    log,
  });
  const signals = [control, ...signalSources({ config, icon, env, log })];

  async function leave(): Promise<void> {
    clearInterval(tidying);
    clearInterval(ticking);
    unwatch();
    await Promise.all(signals.map((source) => source.stop()));
    const settled = Promise.race([effects.settled(), wait(LAST_DEEDS_MS)]);
    await Promise.all([hotkey.stop(), icon.stop(), panel.stop(), settled]);
    await ears.stop();
    const until = performance.now() + LAST_WORDS_MS;
    while (desk.status().online && desk.status().waiting > 0 && performance.now() < until) await wait(50);
    await outbox.stop();
  }

  let online = false;
  outbox.onStatus((status) => {
    desk.dispatch({ kind: "outbox", status });
    if (status.online && !online && device !== null) void reasons.refresh();
    online = status.online;
  });
  outbox.onNotRecorded((callId) => desk.dispatch({ kind: "not-recorded", callId }));
  hotkey.onChord(() => desk.dispatch({ kind: "chord" }));
  panel.onRecording((paused) => desk.signal({ kind: "recording", paused }));
  const open = (url: string) =>
    void openInDefaultBrowser(url, env).catch((error: unknown) => log(reason(error)));
  icon.onAction((action) => {
    if (action === "open-panel") desk.dispatch({ kind: "summon" });
    if (action === "open-board") open(`${serverUrl}/mobile`);
    if (action === "open-pairing" || action === "open-diagnostics") open(control.pageUrl());
    if (isAvailability(action))
      desk.dispatch({ kind: "availability", availability: action, moment: clock() });
    if (action === "quit") desk.quit();
  });

  const tidy = () =>
    void sweep(data, config.KEEP_DAYS, new Date(clock().at)).catch((error: unknown) => log(reason(error)));
  const tidying = setInterval(tidy, DAY_MS);
  const ticking = setInterval(() => desk.tick(), 60_000);
  const unwatch = watchDisk(data, config.LEAST_FREE_GB, (full) => desk.dispatch({ kind: "disk", full }));

  await outbox.start();
  await finishInterrupted({ journal, recordings, outbox });
  for (const source of signals) await source.start((signal) => desk.signal(signal));
  reasons.remember();
  desk.dispatch({ kind: "launched", moment: clock() });
  tidy();
  log(`the tray listens on 127.0.0.1:${control.port()} and talks to ${serverUrl}`);
  void Promise.all([icon.start(), hotkey.start()]);
  return { quit: () => desk.quit(), gone: gone.promise };
}
