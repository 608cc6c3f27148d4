import { setTimeout as wait } from "node:timers/promises";
import { Hono } from "hono";
import {
  alertLimits,
  contactChange,
  contactInput,
  dispositionsInput,
  forgottenState,
  mutedAlerts,
  pauseReasons as pauseReasonsBody,
  stateCorrection,
  type Alerts,
  type Call,
  type Correction,
  type Disposition,
  type KnownContact,
  type Stretch,
} from "#contract";
import * as office from "./office-scene.ts";
import * as scene from "./scene.ts";
import { problem } from "./wire.ts";

export type OfficeOptions = {
  /** A team without goals. */
  goals?: "none";
  muted?: Alerts["muted"];
  callbacks?: Call[];
  /** Outcomes of the campaign «Fibra» of its own. */
  dispositions?: Disposition[];
  corrections?: Correction[];
  contacts?: KnownContact[];
};

const made = {
  team: "Ventas Norte",
  createdAt: scene.NOW.toISOString(),
  updatedAt: scene.NOW.toISOString(),
  lastCallAt: null,
  doNotRecord: false,
};
const absent = problem(404, "not_found", "No existe, o no es tuyo.", "");

/** Time, dispositions, callbacks and alerts with made-up answers, which change as the real ones do. */
export function fakeOffice(options: OfficeOptions) {
  let alerts: Alerts = { muted: options.muted ?? [], limits: scene.limits };
  let reasons = [...office.pauseReasons];
  const lists = new Map<string | null, Disposition[]>(
    options.dispositions ? [["Fibra", options.dispositions]] : [],
  );
  const contacts = [...(options.contacts ?? [])];
  const days = new Map<string, Stretch[]>();
  const corrections = [...(options.corrections ?? [])];
  const stretchesOf = (agentId: string): Stretch[] => {
    const known = days.get(agentId) ?? office.stretches();
    days.set(agentId, known);
    return known;
  };
  const dayOf = (agentId: string) => {
    const day = office.dayOf(agentId, stretchesOf(agentId), corrections);
    return options.goals === "none" ? { ...day, goals: { calls: null, sales: null } } : day;
  };
  const correct = (
    subjectId: string,
    before: Correction["before"],
    after: Correction["after"],
    why: string,
  ) =>
    void corrections.push({
      id: scene.idOf(850 + corrections.length),
      kind: "state",
      subjectId,
      before,
      after,
      why,
      by: "Luis Prieto",
      at: scene.NOW.toISOString(),
    });

  const app = new Hono()
    .get("/alerts", (c) => c.json(alerts, 200))
    .put("/alerts/muted", async (c) => {
      alerts = { ...alerts, ...mutedAlerts.parse(await c.req.json()) };
      return c.json(alerts, 200);
    })
    .put("/alerts/limits", async (c) => {
      alerts = { ...alerts, limits: alertLimits.parse(await c.req.json()) };
      return c.json(alerts, 200);
    })
    .get("/agents/pause-reasons", (c) => c.json({ items: reasons }, 200))
    .put("/agents/pause-reasons", async (c) => {
      reasons = pauseReasonsBody.parse(await c.req.json()).items;
      return c.json({ items: reasons }, 200);
    })
    .post("/agents/me/state", (c) => c.body(null, 204))
    .get("/agents/:id/day", async (c) => {
      // as late as on a slow network: what is painted before must not move
      await wait(150);
      return c.json(dayOf(c.req.param("id")), 200);
    })
    .patch("/agents/:id/states/:stateId", async (c) => {
      const { id, stateId } = c.req.param();
      const { why, since, ...change } = stateCorrection.parse(await c.req.json());
      const own = stretchesOf(id);
      const at = own.findIndex((one) => one.stateId === stateId);
      const was = own[at];
      if (!was) return c.json(absent, 404);
      const next = { ...was, ...change, from: since ?? was.from, corrected: true };
      days.set(id, own.with(at, next));
      correct(
        stateId,
        { state: was.state, reason: was.reason, since: was.from },
        { state: next.state, reason: next.reason, since: next.from },
        why,
      );
      return c.json(dayOf(id), 200);
    })
    .post("/agents/:id/states", async (c) => {
      const { why, since, ...state } = forgottenState.parse(await c.req.json());
      const id = c.req.param("id");
      const added = { ...state, from: since, to: null, stateId: state.id, callId: null, corrected: true };
      const after = [...stretchesOf(id), added].toSorted((a, b) => a.from.localeCompare(b.from));
      days.set(
        id,
        after.map((one, i) => ({ ...one, to: after[i + 1]?.from ?? null })),
      );
      correct(state.id, {}, { state: state.state, reason: state.reason, since }, why);
      return c.json(dayOf(id), 201);
    })
    .get("/calls/callbacks", (c) => c.json({ items: options.callbacks ?? [] }, 200))
    .get("/calls/:id/corrections", (c) =>
      c.json({ items: corrections.filter(({ subjectId }) => subjectId === c.req.param("id")) }, 200),
    )
    .get("/dispositions", (c) => {
      const campaign = c.req.query("campaign") ?? null;
      const own = lists.get(campaign);
      return c.json(
        { campaign, own: own !== undefined, items: own ?? lists.get(null) ?? office.builtIn },
        200,
      );
    })
    .put("/dispositions", async (c) => {
      const { campaign, items } = dispositionsInput.parse(await c.req.json());
      if (items.length === 0) lists.delete(campaign);
      else lists.set(campaign, items);
      return c.json(
        { campaign, own: items.length > 0, items: items.length > 0 ? items : office.builtIn },
        200,
      );
    })
    .get("/contacts", (c) => {
      const q = (c.req.query("q") ?? "").toLowerCase();
      const items = contacts.filter(
        ({ name, phones }) => name.toLowerCase().includes(q) || phones.some((phone) => phone.includes(q)),
      );
      return c.json({ items, next: null }, 200);
    })
    .post("/contacts", async (c) => {
      const added = { ...made, ...contactInput.parse(await c.req.json()) };
      contacts.push(added);
      return c.json(added, 201);
    })
    .post("/contacts/file", (c) =>
      c.json(
        {
          added: 3,
          changed: 1,
          same: 2,
          errors: [{ row: 5, column: "Teléfono", value: "12", message: "No es un teléfono." }],
        },
        200,
      ),
    )
    .patch("/contacts/:id", async (c) => {
      const at = contacts.findIndex(({ id }) => id === c.req.param("id"));
      const found = contacts[at];
      if (!found) return c.json(absent, 404);
      const { phones, ...change } = contactChange.parse(await c.req.json());
      if (phones?.includes("123"))
        return c.json(
          problem(422, "invalid", "Hay datos que no valen.", "Corrígelos y vuelve a guardar.", [
            { path: "phones.0", message: "No es un teléfono." },
          ]),
          422,
        );
      const next = {
        ...found,
        ...change,
        phones: phones ?? found.phones,
        updatedAt: "2026-11-23T15:43:00.000Z",
      };
      contacts[at] = next;
      return c.json(next, 200);
    })
    .get("/contacts/:id", (c) => {
      const found = contacts.find(({ id }) => id === c.req.param("id"));
      return found ? c.json(found, 200) : c.json(absent, 404);
    })
    .get("/dispositions/campaigns", (c) => c.json({ items: ["Fibra", "Móvil"] }, 200));
  return {
    app,
    /** What a call that has this outcome says about it. */
    named: (code: string | null | undefined) => {
      const found = [...lists.values(), office.builtIn].flat().find((one) => one.code === code);
      return found && { dispositionName: found.name, dispositionKind: found.kind };
    },
  };
}
