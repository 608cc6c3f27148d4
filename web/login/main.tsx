import { useState } from "hono/jsx/dom";
import { api } from "../api.ts";
import { access, loadAccessTexts } from "../i18n/access.ts";
import { chooseLanguage } from "../i18n/index.ts";
import { storedLanguage } from "../ui/language.ts";
import { loadOfficeTexts, office } from "../i18n/office.ts";
import { show } from "../session.tsx";
import { Field, valuesOf } from "../ui/field.tsx";
import { LanguageChoice } from "../ui/language-choice.tsx";
import { Logo } from "../ui/logo.tsx";
import { Trouble } from "../ui/trouble.tsx";
import { useWork } from "../ui/work.ts";
import "../ui/css/office.css";
import { Reset } from "./reset.tsx";

/** The address of the form for a forgotten password. */
const FORGOTTEN = "#olvido";
const query = new URLSearchParams(location.search);

/** Where to go afterwards: only a path of this server, else the board. */
function nextPage(): string {
  const next = URL.parse(query.get("next") ?? "/mobile", location.origin);
  // not its path alone: «//elsewhere» would be another server
  return next?.origin === location.origin ? next.href : "/mobile";
}

const enter = (): void => location.replace(nextPage());

const SignIn = () => {
  const { busy, problem, work } = useWork();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { email = "", password = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    if (await work(async () => void (await api.signIn(email, password)))) enter();
  };
  return (
    <form class="stacked" onSubmit={(event: Event) => void submit(event)}>
      <Field
        name="email"
        type="email"
        label={office.login.email}
        autocomplete="username"
        problem={problem}
        focus
      />
      <Field
        name="password"
        type="password"
        label={office.login.password}
        autocomplete="current-password"
        problem={problem}
      />
      {problem ? <Trouble problem={problem} /> : null}
      <button type="submit" class="btn primary" disabled={busy}>
        {office.login.action}
      </button>
    </form>
  );
};

const Login = () => {
  const [forgotten, setForgotten] = useState(location.hash === FORGOTTEN);
  return (
    <main class="solo">
      <div>
        <div class="brand">
          <Logo size={52} />
          <div>
            <h1>{forgotten ? access.reset.heading : office.login.heading}</h1>
            <p class="soft">{forgotten ? access.reset.text : office.login.text}</p>
          </div>
        </div>
        {query.get("reason") === "ticket_invalid" ? <p class="note">{office.login.ticket}</p> : null}
        {forgotten ? (
          <Reset key="reset" done={enter} back={() => setForgotten(false)} />
        ) : (
          <SignIn key="sign-in" />
        )}
        <div class="foot">
          {forgotten ? null : (
            <button key="forgotten" type="button" class="btn plain" onClick={() => setForgotten(true)}>
              {access.reset.open}
            </button>
          )}
          <LanguageChoice key="language" />
        </div>
      </div>
    </main>
  );
};

await chooseLanguage(storedLanguage() ?? "es");
await Promise.all([loadOfficeTexts(), loadAccessTexts()]);
show(<Login />, office.login.title);
