"use strict";
const { join } = require("node:path");

/** What an output plays, on Windows and macOS, for node-record-lpcm16: raw mono PCM on stdout. */
module.exports = ({ device, env = process.env }) => ({
  cmd: process.execPath,
  args: [join(__dirname, "loopback-worker.ts"), ...(device ? [device] : [])],
  spawnOptions: { env },
});
