import type { Texts } from "./es.ts";
import { uncapitalised } from "./words.ts";

export const en: Texts = {
  states: {
    idle: "CallManager: ready for calls",
    oncall: "On a call: recording",
    paused: "On a call: recording paused",
    forbidden: "On a call: not recorded, as was asked",
    offline: "No connection to the server",
    unpaired: "This PC is not paired",
    error: "The recording has failed",
    incomplete: "On call: one voice is missing",
    full: "Disk full: the next call will not be recorded",
    unrecorded: "Disk full: this call is not recorded",
    refused: "The server refused something sent",
  },
  capture: {
    agent: "Your voice",
    customer: "Customer",
    states: {
      muted: "muted",
      missing: "does not arrive",
      wrong_device: "is on another device",
      silent: "microphone off",
    },
  },
  ears: { listening: "Writing down", unavailable: "Nothing is written down" },
  models: {
    usage:
      "Usage: npm run models -- list | pull <name> | import <folder> | remove <name>\n" +
      "  --accept-licence     accepts the licence that is shown\n" +
      "  --accept-unverified  accepts a model whose sizes or digests are not known beforehand\n" +
      "  --mirror <URL>       fetches it from a server of the company: <URL>/<name>/<file>",
    licence: "Licence",
    here: (factor) => `installed, ${factor} s of work for a second of voice`,
    notVerified: "unverified",
    installed: (id, factor) =>
      `${id} is installed and tried: ${factor} s of work for a second of voice on this PC.`,
    tookDigest: (file, sha256) =>
      `${file} had no known digest; that of what has come is ${sha256}. Compare it with another source.`,
    removed: (id) => `${id} is gone.`,
    failures: {
      unknown: ["«{id}» is not known.", "There are: {known}."],
      not_described: [
        "«{id}» is not known, and the mirror does not describe it.",
        "There are: {known}; another one needs <mirror>/{id}/model.json.",
      ],
      no_description: [
        "There is no known model in {folder}.",
        "The folder needs its files and a model.json.",
      ],
      licence: [
        "{id} has the licence {licence}, which was not accepted. Nothing was fetched.",
        "Read it, and repeat with --accept-licence.",
      ],
      unverified: [
        "Not all sizes and digests of {id} are known beforehand. Nothing was fetched.",
        "If you trust the source, repeat with --accept-unverified; the digest of what comes is noted.",
      ],
      no_space: [
        "There is no room: {needed} MB are needed and {free} MB are free.",
        "Free some and repeat; what has come already is used.",
      ],
      unreachable: ["{url} does not answer.", "Look at the network, or use --mirror or «import»."],
      not_there: ["{file} is not there.", "Look at the mirror's address, or the folder."],
      refused: ["The server does not give {file} (status {status}).", "Try later, or use --mirror."],
      nowhere: ["It is not known where {file} can be fetched.", "Use --mirror or «import»."],
      truncated: ["{file} broke off half way.", "Repeat: it goes on where it stopped."],
      wrong_size: [
        "{file} is not what it must be: {found} bytes instead of {wanted}. It was deleted.",
        "Repeat; if it happens again, the source has changed it.",
      ],
      wrong_digest: [
        "{file} is not what it must be: its SHA-256 is another one. It was deleted.",
        "Repeat; if it happens again, the source has changed it.",
      ],
      no_model: [
        "{id} has come whole, but this PC cannot load it. It was deleted.",
        "See that sherpa-onnx-node is installed; if it is, the model is not for it.",
      ],
    },
  },
  waiting: (count) => `${count} to send`,
  startCall: "Start call",
  endCall: "End call",
  pauseRecording: "Pause recording",
  resumeRecording: "Resume recording",
  openCopilot: "Open copilot (Ctrl+A)",
  openBoard: "My day",
  availability: (name, current) => (current ? `● ${name}` : name),
  available: "Available",
  pausedFor: (reason) => `Paused: ${uncapitalised(reason)}`,
  pauseReasons: ["Break", "Meal", "Training", "Meeting"],
  openPairing: "Pair this PC",
  openDiagnostics: "Diagnostics",
  quit: "Quit",
  doctor: {
    checks: {
      agent: "Your voice",
      customer: "Customer's voice",
      icon: "Icon",
      hotkey: "Ctrl+A",
      browser: "Browser",
      server: "Server",
      pairing: "Pairing",
      ollama: "Local AI",
      disk: "Disk",
      ears: "Written words",
    },
    heard: (decibels: number) => `heard, peak ${decibels} dB`,
    missing: {
      agent: ["there is no microphone", "Connect the headset and choose it in the system's sound settings."],
      customer: [
        "what plays cannot be recorded",
        "Linux needs PulseAudio or PipeWire; choose the output with CUSTOMER_DEVICE.",
      ],
    },
    silent: {
      agent: ["no sound arrives", "Unmute the microphone, speak, and try again."],
      customer: ["nothing plays now", "Play a video or make a test call, and try again."],
    },
    icon: "the desktop shows it",
    noIcon: "It is not needed: the local API and «npm run tray -- …» do the same.",
    noHost: ["this desktop shows no icons", "On GNOME install the AppIndicator extension; it will appear."],
    hotkey: "seen from any window",
    noHotkey: [
      "the keyboard cannot be seen",
      "On Wayland make a shortcut that runs «npm run tray -- summon»; on macOS grant Accessibility.",
    ],
    noBrowser: ["there is no Chrome, Edge or Chromium", "Install one, or name it with CALLMANAGER_BROWSER."],
    paired: (name) => `it is ${name}'s PC`,
    unpaired: [
      "this PC is not paired",
      "Ask your administrator for a code: «npm run tray -- pair CODE», or the tray's menu.",
    ],
    serverDown: "Recording goes on here; tell whoever looks after the server.",
    noServer: "No answer. Check SERVER_URL and the network; recording goes on here and is sent later.",
    ollama: "answers the server",
    noOllama: [
      "does not answer the server",
      "Approved answers still come; on the server: «ollama serve» and «ollama pull llama3».",
    ],
    noModel: [
      "no model is installed",
      "Only if your team has calls written down: «npm run models -- list» and «pull».",
    ],
    brokenModel: (id) => [
      `${id} cannot be loaded on this PC`,
      `Remove it and fetch it again: «npm run models -- remove ${id}».`,
    ],
    hears: (id, factor) => `${id}, ${factor} s of work for a second of voice`,
    tooSlow: "This PC cannot keep up with both voices at once: install a smaller model.",
    free: (gib) => `${gib} GB free`,
    full: (gib) => `Free some space: below ${gib} GB no new call is recorded.`,
    log: (file) => `Log, without personal data: ${file}`,
  },
  localPage: {
    title: "CallManager on this PC",
    code: "Pairing code",
    codeWhy: "Your administrator gives it in Administration. It is good for 10 minutes.",
    pair: "Pair",
    paired: "The PC is paired. You can close this page.",
    examining: "Looking… say something",
    again: "Again",
    expired: "This page has expired. Open it again from the tray's menu.",
  },
  panelUnavailable: {
    title: "The copilot is not available",
    unreachable: "The server does not answer. The call is still being recorded; press Ctrl+A again shortly.",
    unpaired: "This PC is not paired. Ask your administrator for a code and pair it.",
  },
  refusals: {
    malformed: ["The request cannot be read.", "Send valid JSON in UTF-8."],
    not_signed_in: [
      "This PC's key is missing.",
      "Send Authorization: Bearer with the key in the file control-token.",
    ],
    wrong_origin: [
      "The request comes from another page.",
      "Only the configured server's own page can pair this PC.",
    ],
    not_found: ["That address does not exist.", "The addresses are in tray/README.md."],
    call_in_progress: [
      "A call is in progress already.",
      "End it first, or give the new one an externalId of its own.",
    ],
    no_call: ["No such call is in progress.", "Start one first, or check the externalId."],
    not_recording: [
      "This call is not being recorded.",
      "Check the microphone; the next call will try again.",
    ],
    already_paired: ["This PC is paired already.", "To change that, use «pair» on this PC with its key."],
    too_large: ["It is too large.", "Send less than 16 KB."],
    unsupported_media_type: [
      "That kind of content is not taken here.",
      "Use Content-Type: application/json.",
    ],
    misdirected: ["That request is not for this PC.", "Use 127.0.0.1 with the tray's port."],
    invalid: ["Some values are not valid.", "Correct the fields named here."],
    internal: ["Something failed in the tray.", "Try again; if it goes on, look at its log."],
  },
};
