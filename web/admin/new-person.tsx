import { useState } from "hono/jsx/dom";
import type { Problem, Role, User } from "#contract";
import { api, problemOf } from "../api.ts";
import { language, t } from "../i18n/index.ts";
import { Choice, Field, valuesOf } from "../ui/field.tsx";
import { Trouble } from "../ui/trouble.tsx";

const ROLES: Role[] = ["agent", "supervisor", "executive", "admin"];

type Props = { last: User | null; added: (user: User) => void };

/** The form that adds a person; team and site start as the last one's. */
export const NewPerson = ({ last, added }: Props) => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { name = "", email = "", password = "", role = "agent", team = "", site = "" } = valuesOf(event.currentTarget as HTMLFormElement);
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
      <Field name="name" label={t.setup.name} problem={problem} />
      <Choice name="role" label={t.admin.role} options={ROLES.map((role) => [role, t.admin.roles[role]])} />
      <Field name="email" type="email" label={t.setup.email} problem={problem} />
      <Field name="password" type="password" label={t.setup.password} autocomplete="new-password" minLength={10} hint={t.setup.passwordHint} problem={problem} />
      <Field name="team" label={t.admin.team} value={last?.role === "admin" ? t.admin.defaultTeam : (last?.team ?? t.admin.defaultTeam)} problem={problem} />
      <Field name="site" label={t.admin.site} value={last?.site ?? t.admin.defaultSite} problem={problem} />
      {problem ? <Trouble problem={problem} /> : null}
      <button type="submit" class="btn primary" disabled={busy}>{t.admin.addAction}</button>
    </form>
  );
};
