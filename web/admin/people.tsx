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

type ListProps = { line?: FC<{ user: User }>; shown?: (user: User) => boolean; children?: Child };

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
    <span class="end sm">
      {mark ?? <span>{user.active ? office.admin.roles[user.role] : office.admin.inactive}</span>}
      <span class="soft cut">{user.team}</span>
    </span>
  </>
);

/** The form that adds somebody, and who was added by it. */
export const AddPerson = () => {
  const { users } = usePeople();
  const [added, setAdded] = useState("");
  return (
    <>
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
    </>
  );
};

/** The people's list. `line` shows somebody in another way, and may open more; `shown` leaves some of them out. */
export const PeopleList = ({ line: Line, shown = () => true, children }: ListProps) => {
  const { users, problem } = usePeople();
  return (
    <section class="card flush">
      <header>
        <h2>{office.admin.people}</h2>
      </header>
      {problem ? (
        <div class="nothing">
          <Trouble problem={problem} />
        </div>
      ) : null}
      {children}
      <ul class={Line ? "lines" : "rows"} aria-busy={users === null ? "true" : undefined}>
        {(users ?? []).filter(shown).map((user) => (
          <li key={user.id}>{Line ? <Line user={user} /> : <Person user={user} />}</li>
        ))}
      </ul>
    </section>
  );
};
