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
  panelAway: {
    title: "The copilot is not available",
    unreachable:
      "The server does not answer. The call is still being recorded; press Ctrl+A again shortly.",
    unpaired: "This PC is not paired. Ask your administrator for a code and pair it.",
  },
};
