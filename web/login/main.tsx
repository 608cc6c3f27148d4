import { useState } from "hono/jsx/dom";
import type { Problem } from "#contract";
import { api, problemOf } from "../api.ts";
import { chooseLanguage } from "../i18n/index.ts";
import { storedLanguage } from "../ui/language.ts";
import { loadOfficeTexts, office } from "../i18n/office.ts";
import { show } from "../session.tsx";
import { Field, valuesOf } from "../ui/field.tsx";
import { LanguageChoice } from "../ui/language-choice.tsx";
import { Logo } from "../ui/logo.tsx";
import { Trouble } from "../ui/trouble.tsx";
import "../ui/css/office.css";

const query = new URLSearchParams(location.search);

/** Where to go afterwards: only a path of this server, else the board. */
function nextPage(): string {
  const next = URL.parse(query.get("next") ?? "/mobile", location.origin);
  // not its path alone: «//elsewhere» would be another server
  return next?.origin === location.origin ? next.href : "/mobile";
}

const Login = () => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { email = "", password = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    setBusy(true);
    try {
      await api.signIn(email, password);
      location.replace(nextPage());
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <main class="solo">
      <div>
        <div class="brand">
          <Logo size={52} />
          <div>
            <h1>{office.login.heading}</h1>
            <p class="soft">{office.login.text}</p>
          </div>
        </div>
        {query.get("reason") === "ticket_invalid" ? <p class="note">{office.login.ticket}</p> : null}
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
        <div class="foot">
          <p class="hint">{office.login.forgotten}</p>
          <LanguageChoice />
        </div>
      </div>
    </main>
  );
};

await chooseLanguage(storedLanguage() ?? "es");
await loadOfficeTexts();
show(<Login />, office.login.title);
