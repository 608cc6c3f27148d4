import { access } from "../i18n/access.ts";
import { office } from "../i18n/office.ts";
import { json } from "../api.ts";
import { Field } from "../ui/field.tsx";
import { NewPassword } from "../ui/new-password.tsx";
import { Trouble } from "../ui/trouble.tsx";
import { useWork } from "../ui/work.ts";

/** A new password by an admin's one-time code; who sets it is signed in. */
export const Reset = ({ done, back }: { done: () => void; back: () => void }) => {
  const { busy, problem, work } = useWork();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement));
    if (await work(async () => void (await json("POST", "/api/reset", typed)))) done();
  };
  return (
    <form class="stacked" data-reset onSubmit={(event: Event) => void submit(event)}>
      <Field
        name="email"
        type="email"
        label={office.login.email}
        autocomplete="username"
        problem={problem}
        focus
      />
      <Field
        name="code"
        label={access.reset.code}
        autocomplete="one-time-code"
        maxLength={20}
        hint={access.reset.codeHint}
        problem={problem}
      />
      <NewPassword
        name="password"
        label={access.password.next}
        hint={access.password.hint}
        problem={problem}
      />
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      <button type="submit" class="btn primary" disabled={busy}>
        {access.reset.action}
      </button>
      <button type="button" class="btn plain" onClick={back}>
        {access.reset.back}
      </button>
    </form>
  );
};
