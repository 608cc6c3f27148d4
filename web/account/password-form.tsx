import { useState } from "hono/jsx/dom";
import { access } from "../i18n/access.ts";
import { Field } from "../ui/field.tsx";
import { NewPassword } from "../ui/new-password.tsx";
import { Trouble } from "../ui/trouble.tsx";
import { useWork } from "../ui/work.ts";
import { changePassword } from "./api.ts";

/** One's own password: the one that holds, and the next one. */
export const PasswordForm = ({ email }: { email: string }) => {
  const { busy, problem, work } = useWork();
  const [changed, setChanged] = useState(0);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    // as they were typed, spaces at their ends too
    const form = event.currentTarget as HTMLFormElement;
    const { current = "", next = "" } = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const done = await work(async () => void (await changePassword(current, next)));
    setChanged(done ? changed + 1 : 0);
  };
  return (
    <form key={changed} class="card stacked" data-password onSubmit={(event: Event) => void submit(event)}>
      <header class="tight">
        <h2>{access.password.title}</h2>
      </header>
      {/* for the program that keeps passwords */}
      <input type="email" name="email" value={email} autocomplete="username" hidden />
      <Field
        name="current"
        type="password"
        label={access.password.current}
        autocomplete="current-password"
        problem={problem}
      />
      <NewPassword name="next" label={access.password.next} hint={access.password.hint} problem={problem} />
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      <button type="submit" class="btn primary" disabled={busy}>
        {access.password.change}
      </button>
      <p class="hint line" role="status">
        {changed > 0 ? access.password.changed : ""}
      </p>
    </form>
  );
};
