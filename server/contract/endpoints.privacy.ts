import { z } from "zod";
import { call } from "./calls.ts";
import { id } from "./common.ts";
import type { Endpoint } from "./endpoint.ts";
import { job } from "./jobs.ts";
import * as privacy from "./privacy.ts";

/** Consent, what is never recorded, and one person everywhere. */
export const privacyEndpoints: Endpoint[] = [
  {
    method: "get",
    path: "/api/consent/wording",
    summary: "What agents say before they record",
    who: "signed in",
    status: 200,
    response: privacy.consentWording,
  },
  {
    method: "put",
    path: "/api/consent/wording",
    summary: "A next version of it; old calls keep theirs",
    who: "admin",
    body: privacy.consentWordingInput,
    status: 200,
    response: privacy.consentWording,
  },
  {
    method: "put",
    path: "/api/consent/calls/:callId",
    summary: "Whether the customer of a call agreed to be recorded",
    who: "signed in",
    params: z.object({ callId: id }),
    body: privacy.consentInput,
    status: 200,
    response: call,
  },
  {
    method: "get",
    path: "/api/consent/settings",
    summary: "Campaigns that are never recorded",
    who: "admin",
    status: 200,
    response: privacy.privacySettings,
  },
  {
    method: "put",
    path: "/api/consent/settings",
    summary: "Change the campaigns that are never recorded",
    who: "admin",
    body: privacy.privacySettings,
    status: 200,
    response: privacy.privacySettings,
  },
  {
    method: "get",
    path: "/api/persons",
    summary: "How much there is of one person, and what stands against erasing it",
    who: "admin",
    query: privacy.person,
    status: 200,
    response: privacy.personFound,
  },
  {
    method: "post",
    path: "/api/persons/export",
    summary: "Everything of one person as one ZIP (expediente)",
    who: "admin",
    body: privacy.person,
    status: 201,
    response: job,
  },
  {
    method: "post",
    path: "/api/persons/erase",
    summary: "Erase one person everywhere; calls stay with their figures, without them",
    who: "admin",
    body: privacy.person,
    status: 201,
    response: job,
  },
];
