import { z } from "zod";
import { id, page } from "./common.ts";
import type { Endpoint } from "./endpoint.ts";
import * as teams from "./teams.ts";

/** What is heard: who may listen, and what was said. */
export const transcriptEndpoints: Endpoint[] = [
  {
    method: "get",
    path: "/api/teams",
    summary: "The teams, and whether their calls are written down",
    who: "admin",
    status: 200,
    response: page(teams.team),
  },
  {
    method: "patch",
    path: "/api/teams/:id",
    summary: "Allow or forbid a team to have its calls written down",
    who: "admin",
    params: z.object({ id }),
    body: teams.teamChange,
    status: 200,
    response: teams.team,
  },
  {
    method: "get",
    path: "/api/agents/me/listening",
    summary: "Whether this PC may write down what is said",
    who: "device",
    status: 200,
    response: teams.listening,
  },
];
