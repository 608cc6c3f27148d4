import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { authQueries } from "../../server/auth/queries.ts";
import { isUniqueViolation } from "../../server/db/violations.ts";
import { dialects, noting } from "../support/databases.ts";
import { personRow } from "../support/rows.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");
const later = (ms: number) => new Date(NOW.getTime() + ms);

for (const { name, open } of dialects)
  describe(`every query of the people on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const queries = authQueries(store, () => uuidv7());
    const auth = noting("auth", queries, called);
    const maria = uuidv7();
    const luis = uuidv7();
    test("people, teams and sites", async () => {
      assert.equal(await auth.anyone(), false);
      await auth.addPerson(personRow(maria, "maria", "agent"), NOW, "Europe/Madrid");
      await auth.addPerson(personRow(luis, "luis", "admin"), NOW, "Europe/Madrid");
      assert.equal(await auth.anyone(), true);
      const twice = auth.addPerson(personRow(uuidv7(), "maria", "agent"), NOW, "Europe/Madrid");
      await assert.rejects(twice, (error) => isUniqueViolation(error));
      assert.deepEqual(
        (await auth.people("", 10)).map((p) => p.name),
        ["maria", "luis"],
      );
      assert.equal((await auth.personById(maria))?.team, "Norte");
      assert.equal((await auth.credentials("luis@example.com"))?.id, luis);
      assert.equal(await auth.siteOfTeam("Norte"), "Madrid");
      assert.equal((await auth.siteOf(maria))?.timeZone, "Europe/Madrid");
      assert.equal(await auth.otherAdmins(luis), false);
      assert.equal(await auth.otherAdmins(maria), true);
      await auth.changePerson(maria, { name: "María", team: "Sur" }, "Sevilla", "Europe/Madrid");
      assert.deepEqual((await auth.personById(maria))?.site, "Sevilla");
    });

    test("sessions and passes", async () => {
      const session = {
        tokenHash: "h",
        kind: "device" as const,
        userId: maria,
        device: "PC",
        createdAt: NOW,
        expiresAt: later(1000),
      };
      await auth.addSession(session);
      const actor = await auth.actor("h", NOW);
      assert.equal(actor?.name, "María");
      assert.equal(actor.expiresAt.getTime(), later(1000).getTime());
      const { expiresAt: _, kind, ...same } = actor;
      assert.equal(kind, "device");
      assert.deepEqual(await auth.standing(maria), same);
      assert.equal(await auth.standing(uuidv7()), null);
      await auth.prolong("h", later(5000));
      assert.equal((await auth.actor("h", later(2000)))?.userId, maria);
      assert.equal(await auth.actor("h", later(6000)), null);
      await auth.endSession("h");
      assert.equal(await auth.actor("h", NOW), null);
      await auth.addPass({ hash: "p", kind: "pairing", userId: maria, expiresAt: later(1000) }, NOW);
      assert.equal(await auth.usePass("p", "panel", NOW), null);
      assert.equal(await auth.usePass("p", "pairing", NOW), maria);
      assert.equal(await auth.usePass("p", "pairing", NOW), null);
    });

    test("no query is left that this suite has not run", () => {
      assert.deepEqual(
        Object.keys(queries).filter((query) => !called.has(`auth.${query}`)),
        [],
      );
    });
  });
