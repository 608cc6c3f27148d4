import { Hono } from "hono";
import {
  consentWordingInput,
  person,
  privacySettings,
  type ConsentWording,
  type Job,
  type PersonFound,
  type PrivacySettings,
} from "#contract";
import * as scene from "./scene.ts";

export type PrivacyOptions = {
  /** Somebody holds a recording of the person. */
  personHeld?: boolean;
  /** How far what is asked for a person gets; else to its end at once. */
  personJob?: Job["state"];
};

const found: PersonFound = {
  contacts: 1,
  calls: 7,
  recordings: 5,
  seconds: 2_140,
  transcriptLines: 312,
  marks: 4,
  clips: 1,
  held: [],
};

const job = (kind: Job["kind"], state: Job["state"]): Job => ({
  id: scene.idOf(kind === "erasure" ? 740 : 741),
  kind,
  state,
  done: state === "running" ? 3 : 7,
  total: state === "queued" ? null : 7,
  fileName: kind === "expediente" && state === "done" ? "expediente_2026-11-23.zip" : null,
  bytes: kind === "expediente" && state === "done" ? 240_000_000 : null,
  error: state === "failed" ? "internal" : null,
  createdAt: scene.NOW.toISOString(),
  endedAt: state === "done" ? scene.NOW.toISOString() : null,
  expiresAt: state === "done" ? "2026-11-30T15:42:00.000Z" : null,
  scheduleId: null,
  by: null,
});

/** What is said before recording, what is never recorded, and what is done for one person. */
export function fakePrivacy({ personHeld = false, personJob = "done" }: PrivacyOptions) {
  let wording: ConsentWording = {
    version: 2,
    es: "Le informo de que esta llamada se graba para atenderle mejor. ¿Está de acuerdo?",
    en: "This call is recorded to serve you better. Do you agree?",
    at: "2026-11-02T09:00:00.000Z",
  };
  let settings: PrivacySettings = { campaignsNotRecorded: ["Salud", "Impagos"] };
  const hold = {
    callId: scene.idOf(200),
    startedAt: "2026-11-23T15:21:00.000Z",
    why: "Reclamación 4711: el cliente niega el alta",
  };
  const jobs = new Map<string, Job>();
  const begun = (kind: Job["kind"]): Job => {
    const made = job(kind, personJob);
    jobs.set(made.id, made);
    return made;
  };
  return new Hono()
    .get("/consent/wording", (c) => c.json(wording, 200))
    .put("/consent/wording", async (c) => {
      const words = consentWordingInput.parse(await c.req.json());
      wording = { ...words, version: wording.version + 1, at: scene.NOW.toISOString() };
      return c.json(wording, 200);
    })
    .get("/consent/settings", (c) => c.json(settings, 200))
    .put("/consent/settings", async (c) => {
      settings = privacySettings.parse(await c.req.json());
      return c.json(settings, 200);
    })
    .get("/persons", (c) => {
      person.parse(c.req.query());
      return c.json({ ...found, held: personHeld ? [hold] : [] }, 200);
    })
    .post("/persons/export", async (c) => {
      person.parse(await c.req.json());
      return c.json(begun("expediente"), 201);
    })
    .post("/persons/erase", async (c) => {
      person.parse(await c.req.json());
      return c.json(begun("erasure"), 201);
    })
    .get("/jobs/:id", (c, next) => {
      const known = jobs.get(c.req.param("id"));
      return known ? c.json(known, 200) : next();
    });
}
