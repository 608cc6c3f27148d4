import { randomInt } from "node:crypto";
import type { PairingCode, Pairing, Page, Team, User } from "#contract";
import { ADMIN, AGENTS, CHIEFS, emailOf, TEAMS } from "./cast.ts";
import type { Kept, Person } from "./kept.ts";
import { asBrowser, signedIn, type Ask } from "./wire.ts";

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
/** Three groups of four that nobody mistakes for others: 59 bits. */
const newPassword = (): string =>
  Array.from({ length: 3 }, () =>
    Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join(""),
  ).join("-");

/** Sets a fresh server up as a person would: the admin, the people, their teams, and a PC for each agent. */
export async function found(url: string, token: string): Promise<Kept> {
  const password = newPassword();
  const login = { name: ADMIN, email: emailOf(ADMIN), password };
  const admin = asBrowser(url, await signedIn(url, "/api/setup", { token, ...login }));
  const { id } = await admin<User>("GET", "/api/me");
  const siteOf = new Map(TEAMS.map(({ name, site }) => [name, site]));
  // together, because the server takes its time for each password
  const others = [...CHIEFS, ...AGENTS].map(async ({ name, team, ...rest }): Promise<Person> => {
    const role = "role" in rest ? rest.role : "agent";
    const site = "site" in rest ? rest.site : siteOf.get(team);
    const own = { name, email: emailOf(name), password: newPassword(), role };
    const user = await admin<User>("POST", "/api/users", { ...own, team, site });
    return { id: user.id, ...own };
  });
  const people: Person[] = [{ id, ...login, role: "admin" }, ...(await Promise.all(others))];
  await govern(admin);
  return { people, tokens: await pair(url, admin, people) };
}

/** Teams may listen and have goals, and one call in ten goes without the copilot, so that it can be judged. */
async function govern(admin: Ask): Promise<void> {
  const { items } = await admin<Page<Team>>("GET", "/api/teams");
  for (const { id, name } of items) {
    const team = TEAMS.find((one) => one.name === name);
    if (team) await admin("PATCH", `/api/teams/${id}`, { listening: true, goals: team.goals });
  }
  await admin("PUT", "/api/copilot/settings", { holdOut: true });
}

async function pair(url: string, admin: Ask, people: Person[]): Promise<Kept["tokens"]> {
  const tokens: Kept["tokens"] = {};
  for (const { id, name } of people.filter(({ role }) => role === "agent")) {
    const { code } = await admin<PairingCode>("POST", "/api/pairing-codes", { userId: id });
    const nobody = asBrowser(url, "");
    const { token } = await nobody<Pairing>("POST", "/api/pair", { code, device: `PC de ${name}` });
    tokens[id] = token;
  }
  return tokens;
}
