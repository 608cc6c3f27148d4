import { Hono } from "hono";
import { allow } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import type { Backups } from "./backups.ts";

/** Copies of the database, below /api/backups: admins only. */
export const backupRoutes = (backups: Backups) =>
  new Hono<Env>()
    .use(allow("admin"))
    .get("/", async (c) => c.json(await backups.list(), 200))
    .post("/", async (c) => c.json(await backups.now(c.var.actor), 201));

export type BackupRoutes = ReturnType<typeof backupRoutes>;
