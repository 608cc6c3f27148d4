import type { ApiKey, ApiScope, LockedPeople, MadeApiKey, ResetCode, Session, User } from "#contract";
import { json, request } from "../api.ts";
import type { SessionsOf } from "../ui/sessions.tsx";

/** Somebody's sessions. */
export const sessionsOf = (userId: string): SessionsOf => ({
  list: () => json<{ items: Session[] }>("GET", `/api/users/${userId}/sessions`),
  end: (id) => request("DELETE", `/api/users/${userId}/sessions/${id}`),
  endBrowsers: () => request("DELETE", `/api/users/${userId}/sessions`),
});

/** The server's routes of who gets in, and how. */
export const accessApi = {
  locked: () => json<LockedPeople>("GET", "/api/users/locked"),
  change: (userId: string, change: Partial<Omit<User, "id">>) =>
    json<User>("PATCH", `/api/users/${userId}`, change),
  resetCode: (userId: string) => json<ResetCode>("POST", `/api/users/${userId}/reset-code`),
  keys: () => json<{ items: ApiKey[] }>("GET", "/api/keys"),
  makeKey: (key: { name: string; scopes: ApiScope[]; expiresAt?: string }) =>
    json<MadeApiKey>("POST", "/api/keys", key),
  revokeKey: (id: string) => request("DELETE", `/api/keys/${id}`),
};
