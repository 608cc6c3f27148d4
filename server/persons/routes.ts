import { Hono } from "hono";
import { person } from "#contract";
import { allow } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Erasure } from "./erase.ts";
import type { Expediente } from "./expediente.ts";
import type { Persons } from "./persons.ts";

type Rooms = { persons: Persons; expediente: Expediente; erasure: Erasure };

/** One person on the other side everywhere, below /api/persons: for admins. */
export const personRoutes = ({ persons, expediente, erasure }: Rooms) =>
  new Hono<Env>()
    .use(allow("admin"))
    .get("/", validate("query", person), async (c) =>
      c.json(await persons.preview(c.req.valid("query")), 200),
    )
    .post("/export", validate("json", person), async (c) =>
      c.json(await expediente.gather(c.var.actor, c.req.valid("json")), 201),
    )
    .post("/erase", validate("json", person), async (c) =>
      c.json(await erasure.erase(c.var.actor, c.req.valid("json")), 201),
    );

export type PersonRoutes = ReturnType<typeof personRoutes>;
