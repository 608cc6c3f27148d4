import assert from "node:assert/strict";
import type { Team } from "#contract";
import { readConfig } from "../../tray/config.ts";
import { models } from "../../tray/ears/command.ts";
import type { company } from "./company.ts";
import { FIXTURE } from "./speech.ts";

/** Lets María's team be listened to, as an admin does it. */
export async function allowListening({
  url,
  cookie,
  get,
}: Awaited<ReturnType<typeof company>>): Promise<void> {
  const { items } = (await get("/api/teams")) as { items: Team[] };
  const team = items.find(({ name }) => name === "Norte");
  const allowed = await fetch(`${url}/api/teams/${team?.id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json", origin: url, cookie },
    body: JSON.stringify({ listening: true }),
  });
  assert.equal(allowed.status, 200);
}

/** Installs the tests' recogniser for a tray whose data is in `folder`, as its command does it. */
export async function installRecogniser(folder: string): Promise<void> {
  const config = readConfig({ TRAY_DATA: folder });
  const output = { say: () => undefined, progress: () => undefined };
  assert.equal(await models(["import", FIXTURE, "--accept-licence"], { config, output }), true);
}
