import type { Child, FC } from "hono/jsx/dom";
import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Problem, User } from "#contract";
import { api, problemOf } from "../api.ts";
import { office } from "../i18n/office.ts";
import { createStore, useStore } from "../ui/store.ts";
import { initials } from "../ui/format.ts";
import { Trouble } from "../ui/trouble.tsx";
import { NewPerson } from "./new-person.tsx";

type People = { users: User[] | null; problem: Problem | null };

const people = createStore<People>({ users: null, problem: null });

async function load(): Promise<void> {
  try {
    const users: User[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await api.users({ limit: 200, after });
      users.push(...page.items);
      after = page.next;
    }
    people.set({ users, problem: null });
  } catch (error) {
    people.set({ ...people.get(), problem: problemOf(error) });
  }
}

/** Everybody who can sign in; asked for once a page. */
export function usePeople(): People {
  useLayoutEffect(() => {
    if (people.get().users === null) void load();
  }, []);
  return useStore(people);
}

/** Somebody was changed elsewhere on the page. */
export const changePerson = (person: User): void =>
  people.set({
    ...people.get(),
    users: people.get().users?.map((one) => (one.id === person.id ? person : one)) ?? null,
  });

/** A list's line of somebody. */
export const Person = ({ user, mark }: { user: User; mark?: Child }) => (
  <>
    <span class="av" aria-hidden="true">
      {initials(user.name)}
    </span>
    <span class="grow">
      <span class="b cut">{user.name}</span>
      <span class="sm soft cut">{user.email}</span>
    </span>
    {mark}
    <span class="end sm">
      <span>{user.active ? office.admin.roles[user.role] : office.admin.inactive}</span>
      <span class="soft cut">{user.team}</span>
    </span>
  </>
);

/** The people and the form that adds one. `line` shows somebody in another way, and may open more. */
export const People = ({ line: Line, above }: { line?: FC<{ user: User }>; above?: Child }) => {
  const { users, problem } = usePeople();
  const [added, setAdded] = useState("");
  return (
    <>
      <section class="card">
        <header>
          <h2>{office.admin.add}</h2>
        </header>
        <NewPerson
          key={users?.length ?? 0}
          last={users?.at(-1) ?? null}
          added={(user) => {
            people.set({ users: [...(people.get().users ?? []), user], problem: null });
            setAdded(office.admin.added(user.name));
          }}
        />
        <p class="hint line" role="status">
          {added}
        </p>
      </section>
      <section class="card flush">
        <header>
          <h2>{office.admin.people}</h2>
        </header>
        {problem ? (
          <div class="nothing">
            <Trouble problem={problem} />
          </div>
        ) : null}
        {above}
        <ul class={Line ? "lines" : "rows"} aria-busy={users === null ? "true" : undefined}>
          {(users ?? []).map((user) => (
            <li key={user.id}>{Line ? <Line user={user} /> : <Person user={user} />}</li>
          ))}
        </ul>
      </section>
    </>
  );
};
