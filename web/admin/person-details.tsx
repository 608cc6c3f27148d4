import { useState } from "hono/jsx/dom";
import type { Role, User } from "#contract";
import { access } from "../i18n/access.ts";
import { office } from "../i18n/office.ts";
import { Choice, Field, valuesOf } from "../ui/field.tsx";
import { Sure } from "../ui/sure.tsx";
import { Trouble } from "../ui/trouble.tsx";
import { useWork } from "../ui/work.ts";
import { accessApi } from "./access-api.ts";
import { changePerson } from "./people.tsx";
import { PlaceFields } from "./place-fields.tsx";
import { roles } from "./roles.ts";

/** Who somebody is: name, role, team and site. */
export const Details = ({ user }: { user: User }) => {
  const { busy, problem, work } = useWork();
  const [saved, setSaved] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { name, email, role, team, site } = valuesOf(event.currentTarget as HTMLFormElement);
    const change = { name, email, role: role as Role, team, site };
    setSaved(await work(async () => changePerson(await accessApi.change(user.id, change))));
  };
  return (
    <section class="card" data-details>
      <header>
        <h2>{access.person.details}</h2>
      </header>
      <form class="stacked pairs" onSubmit={(event: Event) => void submit(event)}>
        <Field name="name" label={office.setup.name} value={user.name} problem={problem} />
        <Choice name="role" label={office.admin.role} options={roles()} value={user.role} />
        <Field name="email" type="email" label={office.setup.email} value={user.email} problem={problem} />
        <PlaceFields key={`${user.team} ${user.site}`} here={user} problem={problem} />
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        <button type="submit" class="btn" disabled={busy}>
          {access.person.save}
        </button>
      </form>
      <p key={String(saved)} class="hint line" role="status">
        {saved ? access.person.saved : ""}
      </p>
    </section>
  );
};

/** Whether somebody may get in at all; whoever may not keeps calls and figures. */
export const Admission = ({ user }: { user: User }) => {
  const { busy, problem, work } = useWork();
  const [asking, setAsking] = useState(false);
  const admit = (active: boolean): void =>
    void work(async () => changePerson(await accessApi.change(user.id, { active })));
  return (
    <section class="card stacked" data-admission>
      <header class="tight">
        <h2>{access.person.access}</h2>
      </header>
      <p class="hint">
        {user.active ? access.person.has : `${access.person.hasNot} ${access.person.giveText}`}
      </p>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {asking ? null : (
        <button
          key="admit"
          type="button"
          class="btn"
          disabled={busy}
          onClick={() => (user.active ? setAsking(true) : admit(true))}
        >
          {user.active ? access.person.remove : access.person.give}
        </button>
      )}
      {asking ? (
        <Sure
          key="sure"
          what={access.person.removeWhat}
          yes={access.person.removeSure}
          busy={busy}
          act={() => admit(false)}
          cancel={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
};
