import { Hono } from "hono";
import { z } from "zod";
import {
  id,
  loginInput,
  newUser,
  paging,
  pairInput,
  pairingCodeInput,
  passwordReset,
  setupInput,
  userChange,
} from "#contract";
import type { Env } from "../http/context.ts";
import { languageOf } from "../http/language.ts";
import { validate } from "../http/validate.ts";
import type { Visitors } from "../http/visitor.ts";
import type { Auth } from "./auth.ts";
import { allow, deviceOnly, type SessionCookie, type signedIn } from "./middleware.ts";
import type { OwnPassword } from "./own-password.ts";
import type { PairingRoom } from "./pairing.ts";
import type { People } from "./people.ts";

type Signed = ReturnType<typeof signedIn>;
type Door = { visitors: Visitors; cookie: SessionCookie; signed: Signed };
type Rooms = { auth: Auth; people: People; pairing: PairingRoom; ownPassword: OwnPassword };

/** Set-up, sign-in, people and pairing, below /api. */
export const authRoutes = (
  { auth, people, pairing, ownPassword }: Rooms,
  { visitors, cookie, signed }: Door,
) =>
  new Hono<Env>()
    .post("/setup", validate("json", setupInput), async (c) => {
      const input = { ...c.req.valid("json"), language: languageOf(c) };
      const { user, token } = await auth.setUp(input, visitors.of(c));
      cookie.write(c, token);
      return c.json(user, 201);
    })
    .post("/login", validate("json", loginInput), async (c) => {
      const { email, password } = c.req.valid("json");
      const { user, token } = await auth.signIn(email, password, visitors.of(c));
      cookie.write(c, token);
      return c.json(user, 200);
    })
    .post("/reset", validate("json", passwordReset), async (c) => {
      const { user, token } = await ownPassword.reset(c.req.valid("json"), visitors.of(c));
      cookie.write(c, token);
      return c.json(user, 200);
    })
    .post("/logout", signed, async (c) => {
      await auth.signOut(c.var.actor, cookie.read(c) ?? "");
      cookie.clear(c);
      return c.body(null, 204);
    })
    .get("/me", signed, async (c) => c.json(await auth.me(c.var.actor), 200))
    .get("/users", signed, allow("admin"), validate("query", paging), async (c) =>
      c.json(await people.list(c.req.valid("query")), 200),
    )
    .post("/users", signed, allow("admin"), validate("json", newUser), async (c) =>
      c.json(await people.add(c.var.actor, c.req.valid("json")), 201),
    )
    .get("/users/locked", signed, allow("admin"), async (c) => c.json(await people.locked(), 200))
    .patch(
      "/users/:id",
      signed,
      allow("admin"),
      validate("param", z.object({ id })),
      validate("json", userChange),
      async (c) =>
        c.json(await people.change(c.var.actor, c.req.valid("param").id, c.req.valid("json")), 200),
    )
    .post("/pairing-codes", signed, validate("json", pairingCodeInput), async (c) =>
      c.json(await pairing.newCode(c.var.actor, c.req.valid("json").userId), 201),
    )
    .post("/pair", validate("json", pairInput), async (c) => {
      const { code, device } = c.req.valid("json");
      return c.json(await pairing.pair(code, device, visitors.of(c)), 201);
    })
    .post("/panel-tickets", signed, deviceOnly, async (c) =>
      c.json(await pairing.newTicket(c.var.actor), 201),
    );

export type AuthRoutes = ReturnType<typeof authRoutes>;
