import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../../server/config.ts";
import { reachLines } from "../../server/network.ts";

const said = (env: Record<string, string>, url: string): string =>
  reachLines(readConfig(env), url, ["192.168.1.20", "10.0.0.4"]).join("\n");

test("on this machine only: how to open it", () => {
  assert.match(said({}, "http://localhost:5000"), /^Only this machine can open it\. .*README/);
  assert.equal(said({ PUBLIC_URL: "https://calls.example" }, "http://localhost:5000"), "");
  assert.equal(said({ TRUST_PROXY: "loopback" }, "http://localhost:5000"), "");
});

test("open to the network: the address to type into a phone, and what is missing without TLS", () => {
  const open = said({ HOST: "0.0.0.0" }, "http://localhost:5000");
  assert.match(open, /http:\/\/192\.168\.1\.20:5000\/mobile\n.*http:\/\/10\.0\.0\.4:5000\/mobile/);
  assert.match(open, /Anyone on this network can read/);
  const tls = said({ HOST: "0.0.0.0", TLS_CERT: "a", TLS_KEY: "b" }, "https://localhost:5000");
  assert.match(tls, /https:\/\/192\.168\.1\.20:5000\/mobile/);
  assert.doesNotMatch(tls, /Anyone/);
  assert.match(said({ HOST: "192.168.1.20" }, "http://192.168.1.20:5000"), /^From .*192\.168\.1\.20:5000/);
  const named = said({ HOST: "0.0.0.0", PUBLIC_URL: "https://calls.example" }, "http://localhost:5000");
  assert.equal(named, "", "its own address is printed already");
});
