import { Hono } from "hono";
import { z } from "zod";
import {
  agentDayQuery,
  captureInput,
  forgottenState,
  id,
  pauseReasons,
  stateCorrection,
  stateInput,
} from "#contract";
import { allow, deviceOnly } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { languageOf } from "../http/language.ts";
import { validate } from "../http/validate.ts";
import type { Teams } from "../teams/teams.ts";
import type { Agents } from "./agents.ts";
import type { Days } from "./day.ts";
import type { PauseReasons } from "./pause-reasons.ts";

type Rooms = { agents: Agents; teams: Teams; days: Days; reasons: PauseReasons };
const ofId = z.object({ id });

/** What agents and their PCs tell of them, and their days, below /api/agents. */
export const agentRoutes = ({ agents, teams, days, reasons }: Rooms) =>
  new Hono<Env>()
    .post("/me/state", validate("json", stateInput), async (c) => {
      await agents.declare(c.var.actor, c.req.valid("json"));
      return c.body(null, 204);
    })
    .post("/me/capture", deviceOnly, validate("json", captureInput), async (c) => {
      await agents.capture(c.var.actor, c.req.valid("json"));
      return c.body(null, 204);
    })
    .get("/me/listening", deviceOnly, async (c) => c.json(await teams.listening(c.var.actor), 200))
    .get("/pause-reasons", async (c) => c.json({ items: await reasons.list(languageOf(c)) }, 200))
    .put("/pause-reasons", allow("admin"), validate("json", pauseReasons), async (c) =>
      c.json({ items: await reasons.replace(c.var.actor, c.req.valid("json").items) }, 200),
    )
    .get("/:id/day", validate("param", ofId), validate("query", agentDayQuery), async (c) =>
      c.json(await days.get(c.var.actor, c.req.valid("param").id, c.req.valid("query").day), 200),
    )
    .post(
      "/:id/states",
      allow("supervisor"),
      validate("param", ofId),
      validate("json", forgottenState),
      async (c) => c.json(await days.add(c.var.actor, c.req.valid("param").id, c.req.valid("json")), 201),
    )
    .patch(
      "/:id/states/:stateId",
      allow("supervisor"),
      validate("param", ofId.extend({ stateId: id })),
      validate("json", stateCorrection),
      async (c) => {
        const { id: agentId, stateId } = c.req.valid("param");
        return c.json(await days.change(c.var.actor, agentId, stateId, c.req.valid("json")), 200);
      },
    );

export type AgentRoutes = ReturnType<typeof agentRoutes>;
