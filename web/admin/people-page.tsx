import { useLayoutEffect } from "hono/jsx/dom";
import type { Me, User } from "#contract";
import { access } from "../i18n/access.ts";
import { office } from "../i18n/office.ts";
import { Header } from "../ui/header.tsx";
import { Icon } from "../ui/icon.tsx";
import { createStore, useStore } from "../ui/store.ts";
import { accessApi } from "./access-api.ts";
import { DiskWarning } from "./keeping/capacity.tsx";
import { Pairing } from "./pairing.tsx";
import { People, Person, usePeople } from "./people.tsx";
import { PersonSheet } from "./person-sheet.tsx";

/** Until when the sign-in of each waits, by the person's id. */
const locked = createStore<Map<string, string>>(new Map());
const opened = createStore<User | null>(null);

const Line = ({ user }: { user: User }) => {
  const waits = useStore(locked).has(user.id);
  return (
    <button type="button" class="row" data-person={user.id} onClick={() => opened.set(user)}>
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
  const user = useStore(opened);
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
            <People line={Line} above={<Waiting />} />
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
