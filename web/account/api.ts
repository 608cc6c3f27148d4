import type { Session } from "#contract";
import { json, request } from "../api.ts";
import type { SessionsOf } from "../ui/sessions.tsx";

/** One's own sessions. */
export const mySessions: SessionsOf = {
  list: () => json<{ items: Session[] }>("GET", "/api/me/sessions"),
  end: (id) => request("DELETE", `/api/me/sessions/${id}`),
  endBrowsers: () => request("DELETE", "/api/me/sessions"),
};

export const changePassword = (current: string, next: string) =>
  request("PUT", "/api/me/password", { current, next });
