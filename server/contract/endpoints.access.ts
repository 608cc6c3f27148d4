import * as access from "./access.ts";
import { passwordChange, passwordReset, user } from "./auth.ts";
import { id } from "./common.ts";
import type { Endpoint } from "./endpoint.ts";
import { z } from "zod";

const ofId = z.object({ id });
const ofSession = ofId.extend({ sessionId: id });

/** Passwords, sessions, and keys for other programs. */
export const accessEndpoints: Endpoint[] = [
  {
    method: "post",
    path: "/api/reset",
    summary: "A new password, by the one-time code of an admin",
    who: "anyone",
    body: passwordReset,
    status: 200,
    response: user,
  },
  {
    method: "put",
    path: "/api/me/password",
    summary: "Change one's own password; other browsers are signed out",
    who: "signed in",
    body: passwordChange,
    status: 204,
  },
  {
    method: "get",
    path: "/api/me/sessions",
    summary: "One's own browsers and PCs",
    who: "signed in",
    status: 200,
    response: access.sessionList,
  },
  {
    method: "delete",
    path: "/api/me/sessions",
    summary: "Sign out of all other browsers",
    who: "signed in",
    status: 204,
  },
  {
    method: "delete",
    path: "/api/me/sessions/:id",
    summary: "End one of one's own sessions",
    who: "signed in",
    params: ofId,
    status: 204,
  },
  {
    method: "get",
    path: "/api/users/locked",
    summary: "Accounts that wait after too many wrong passwords",
    who: "admin",
    status: 200,
    response: access.lockedPeople,
  },
  {
    method: "get",
    path: "/api/users/:id/sessions",
    summary: "Somebody's browsers and PCs",
    who: "admin",
    params: ofId,
    status: 200,
    response: access.sessionList,
  },
  {
    method: "delete",
    path: "/api/users/:id/sessions",
    summary: "Sign somebody out of all browsers",
    who: "admin",
    params: ofId,
    status: 204,
  },
  {
    method: "delete",
    path: "/api/users/:id/sessions/:sessionId",
    summary: "End one of somebody's sessions, or unpair a PC",
    who: "admin",
    params: ofSession,
    status: 204,
  },
  {
    method: "post",
    path: "/api/users/:id/reset-code",
    summary: "A one-time code with which somebody sets a new password",
    who: "admin",
    params: ofId,
    status: 201,
    response: access.resetCode,
  },
  {
    method: "get",
    path: "/api/keys",
    summary: "Keys of other programs",
    who: "admin",
    status: 200,
    response: access.apiKeyList,
  },
  {
    method: "post",
    path: "/api/keys",
    summary: "A key for another program, shown this once",
    who: "admin",
    body: access.newApiKey,
    status: 201,
    response: access.madeApiKey,
  },
  {
    method: "delete",
    path: "/api/keys/:id",
    summary: "Revoke a key",
    who: "admin",
    params: ofId,
    status: 204,
  },
];
