import type { Texts } from "./es.ts";

export const en: Texts = {
  states: {
    idle: "CallManager: ready for calls",
    oncall: "On a call: recording",
    paused: "On a call: recording paused",
    offline: "No connection to the server",
    unpaired: "This PC is not paired",
    error: "The recording has failed",
    refused: "The server refused something sent",
  },
  waiting: (count) => `${count} to send`,
  startCall: "Start call",
  endCall: "End call",
  pauseRecording: "Pause recording",
  resumeRecording: "Resume recording",
  openCopilot: "Open copilot (Ctrl+A)",
  openBoard: "Open dashboard",
  quit: "Quit",
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
