import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Me, User } from "#contract";
import { access } from "../i18n/access.ts";
import { office } from "../i18n/office.ts";
import { folded } from "../ui/folded.ts";
import { Header } from "../ui/header.tsx";
import { Icon } from "../ui/icon.tsx";
import { MoreIcon } from "../ui/more-icons.tsx";
import { createStore, useStore } from "../ui/store.ts";
import { accessApi } from "./access-api.ts";
import { DiskWarning } from "./keeping/capacity.tsx";
import { Pairing } from "./pairing.tsx";
import { AddPerson, PeopleList, Person, usePeople } from "./people.tsx";
import { PersonSheet } from "./person-sheet.tsx";

/** Until when the sign-in of each waits, by the person's id. */
const locked = createStore<Map<string, string>>(new Map());
const opened = createStore<string | null>(null);

const Line = ({ user }: { user: User }) => {
  const waits = useStore(locked).has(user.id);
  return (
    <button type="button" class="row" data-person={user.id} onClick={() => opened.set(user.id)}>
      <Person
        key={String(waits)}
        user={user}
        mark={waits ? <span class="tag pill bad">{access.person.waits}</span> : null}
      />
      <Icon name="next" small tone="faint" />
    </button>
  );
};

/** Who has tried too many passwords, where an admin sees it at once. */
const Waiting = () => {
  const waits = useStore(locked);
  const names = (usePeople().users ?? []).filter(({ id }) => waits.has(id)).map(({ name }) => name);
  return names.length === 0 ? null : (
    <p class="nothing sm bad" role="status" data-locked>
      {access.person.someWait(names.join(", "))}
    </p>
  );
};

const Opened = ({ me }: { me: Me }) => {
  const id = useStore(opened);
  const user = usePeople().users?.find((one) => one.id === id);
  const waits = useStore(locked);
  return user ? (
    <PersonSheet
      key={user.id}
      me={me}
      user={user}
      waits={waits.get(user.id)}
      onClose={() => opened.set(null)}
    />
  ) : null;
};

/** How many fit on a screen; more are searched. */
const MANY = 8;

/** Everybody, and those among them who are looked for. */
const Everybody = () => {
  const users = usePeople().users ?? [];
  const [wanted, setWanted] = useState("");
  const shown = ({ name, email, team }: User): boolean => folded(`${name} ${email} ${team}`).includes(wanted);
  return (
    <PeopleList line={Line} shown={shown}>
      <Waiting key="waiting" />
      {users.length > MANY ? (
        <div key="find" class="narrow">
          <label class="in search grow">
            <MoreIcon name="search" tone="soft" />
            <input
              type="search"
              maxlength={80}
              placeholder={access.person.find}
              aria-label={access.person.find}
              onInput={(event: Event) => setWanted(folded((event.target as HTMLInputElement).value.trim()))}
            />
          </label>
        </div>
      ) : null}
      {users.length > 0 && !users.some(shown) ? (
        <p key="none" class="nothing soft">
          {access.person.foundNone}
        </p>
      ) : null}
    </PeopleList>
  );
};

/** Folded away where there is a company already; open for whoever began alone, until they leave. */
const Adding = () => {
  const { users } = usePeople();
  const alone = useRef<boolean | null>(null);
  if (users) alone.current ??= users.length < 2;
  return (
    <details class="card fold" open={alone.current === true} data-add-person>
      <summary>
        <MoreIcon name="plus" small tone="soft" />
        <h2>{office.admin.add}</h2>
      </summary>
      <AddPerson />
    </details>
  );
};

/** «Personas»: who there is, how each gets in, and the agents' PCs. */
export const PeoplePage = ({ me }: { me: Me }) => {
  useLayoutEffect(() => {
    accessApi.locked().then(
      ({ items }) => locked.set(new Map(items.map(({ userId, until }) => [userId, until]))),
      (error: unknown) => console.warn("who waits is not known", error),
    );
  }, []);
  return (
    <>
      <Header me={me} title={office.admin.title} />
      <main>
        <DiskWarning />
        <div class="cols even">
          <div class="column">
            <Adding />
            <Everybody />
          </div>
          <div class="column">
            <Pairing />
          </div>
        </div>
      </main>
      <Opened me={me} />
    </>
  );
};
