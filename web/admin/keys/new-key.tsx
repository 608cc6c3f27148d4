import { apiScopes } from "./scopes.ts";
import type { ApiScope, MadeApiKey } from "#contract";
import { access } from "../../i18n/access.ts";
import { Field, valuesOf } from "../../ui/field.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { accessApi } from "../access-api.ts";

/** The form that makes a key: for which program, what it may do, until when. */
export const NewKey = ({ made }: { made: (key: MadeApiKey) => void }) => {
  const { busy, problem, work } = useWork();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const { name = "", until = "" } = valuesOf(form);
    const scopes = new FormData(form).getAll("scopes") as ApiScope[];
    // its last day is over when that day is over where the admin is
    const expiresAt = until === "" ? {} : { expiresAt: new Date(`${until}T23:59:59.999`).toISOString() };
    await work(async () => {
      made(await accessApi.makeKey({ name, scopes, ...expiresAt }));
      form.reset();
    });
  };
  const wrong = problem?.errors?.some(({ path }) => path.startsWith("scopes")) ?? false;
  const note = wrong ? "scopes-note" : undefined;
  return (
    <form class="card stacked" data-new-key onSubmit={(event: Event) => void submit(event)}>
      <header class="tight">
        <h2>{access.keys.add}</h2>
      </header>
      <p class="hint">{access.keys.intro}</p>
      <Field
        name="name"
        label={access.keys.name}
        hint={access.keys.nameHint}
        maxLength={80}
        problem={problem}
      />
      <fieldset class="scopes" aria-invalid={wrong ? "true" : undefined} aria-describedby={note}>
        <legend>{access.keys.scopes}</legend>
        {apiScopes.map((scope) => (
          <label key={scope}>
            <input type="checkbox" name="scopes" value={scope} />
            <span>
              {access.keys.scope[scope]}
              <span class="hint facts">{access.keys.means[scope]}</span>
            </span>
          </label>
        ))}
        {wrong ? (
          <span key="note" id={note} class="sm bad">
            {access.keys.noScope}
          </span>
        ) : null}
      </fieldset>
      <Field
        name="until"
        type="date"
        label={access.keys.until}
        hint={access.keys.untilHint}
        required={false}
        problem={problem}
      />
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      <button type="submit" class="btn primary" disabled={busy}>
        {access.keys.make}
      </button>
    </form>
  );
};
