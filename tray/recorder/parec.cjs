"use strict";

/** PulseAudio's and PipeWire's own recorder, for node-record-lpcm16: raw mono PCM on stdout. */
module.exports = ({ sampleRate, channels, device, env = process.env }) => ({
  cmd: "parec",
  args: [
    "--raw",
    "--format=s16le",
    `--rate=${sampleRate}`,
    `--channels=${channels}`,
    "--latency-msec=60",
    "--client-name=CallManager",
    ...(device ? [`--device=${device}`] : []),
  ],
  spawnOptions: { env: { ...env, LC_ALL: "C" } },
});
