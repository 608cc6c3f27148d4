import { useState } from "hono/jsx/dom";
import type { Problem, Role, User } from "#contract";
import { api, problemOf } from "../api.ts";
import { language } from "../i18n/index.ts";
import { office } from "../i18n/office.ts";
import { Choice, Field, valuesOf } from "../ui/field.tsx";
import { NewPassword } from "../ui/new-password.tsx";
import { Trouble } from "../ui/trouble.tsx";
import { PlaceFields } from "./place-fields.tsx";
import { roles } from "./roles.ts";

type Props = { last: User | null; added: (user: User) => void };

/** The form that adds a person; team and site start as the last one's. */
export const NewPerson = ({ last, added }: Props) => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const {
      name = "",
      email = "",
      password = "",
      role = "agent",
      team = "",
      site = "",
    } = valuesOf(event.currentTarget as HTMLFormElement);
    setBusy(true);
    try {
      added(await api.addUser({ name, email, password, role: role as Role, team, site, language }));
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <form class="stacked pairs" onSubmit={(event: Event) => void submit(event)}>
      <Field name="name" label={office.setup.name} problem={problem} />
      <Choice name="role" label={office.admin.role} options={roles()} />
      <Field name="email" type="email" label={office.setup.email} problem={problem} />
      <NewPassword
        name="password"
        label={office.setup.password}
        hint={office.setup.passwordHint}
        problem={problem}
      />
      <PlaceFields
        key="place"
        here={last}
        newTeam={last === null || last.role === "admin" ? office.admin.defaultTeam : undefined}
        problem={problem}
      />
      {problem ? <Trouble problem={problem} /> : null}
      <button type="submit" class="btn primary" disabled={busy}>
        {office.admin.addAction}
      </button>
    </form>
  );
};
