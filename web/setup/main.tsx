import { useState } from "hono/jsx/dom";
import type { User } from "#contract";
import { Pairing } from "../admin/pairing.tsx";
import { AddPerson, PeopleList, usePeople } from "../admin/people.tsx";
import { api } from "../api.ts";
import { chooseLanguage } from "../i18n/index.ts";
import { storedLanguage } from "../ui/language.ts";
import { loadOfficeTexts, office } from "../i18n/office.ts";
import { followLive } from "../live.ts";
import { show } from "../session.tsx";
import { Field, valuesOf } from "../ui/field.tsx";
import { LanguageChoice } from "../ui/language-choice.tsx";
import { Logo } from "../ui/logo.tsx";
import { NewPassword } from "../ui/new-password.tsx";
import { Trouble } from "../ui/trouble.tsx";
import { useWork } from "../ui/work.ts";
import "../ui/css/office.css";

type Step = "admin" | "people" | "pair";

const STEPS: Step[] = ["admin", "people", "pair"];
const BEGUN = "setup-begun";
const token = new URLSearchParams(location.search).get("token") ?? "";

const Head = ({ step, heading, text }: { step: Step; heading: string; text: string }) => {
  const n = STEPS.indexOf(step) + 1;
  return (
    <div class="stacked">
      <div class="h">
        <Logo size={32} />
        <span class="soft sm">{office.setup.step(String(n), String(STEPS.length), office.setup[step])}</span>
      </div>
      <div class="steps" aria-hidden="true">
        {STEPS.map((_, i) => (
          <i class={i < n ? "on" : ""} />
        ))}
      </div>
      <div>
        <h1>{heading}</h1>
        <p class="soft">{text}</p>
      </div>
    </div>
  );
};

/** The first person: the link's token makes them an admin and signs them in. */
const FirstAdmin = ({ done }: { done: (admin: User) => void }) => {
  const { busy, problem, work } = useWork();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { name = "", email = "", password = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    await work(async () => done(await api.setUp({ token, name, email, password })));
  };
  return (
    <>
      <Head step="admin" heading={office.setup.adminHeading} text={office.setup.adminText} />
      {token === "" ? <p class="note">{office.setup.noToken}</p> : null}
      <form class="stacked" onSubmit={(event: Event) => void submit(event)}>
        <Field name="name" label={office.setup.name} autocomplete="name" problem={problem} focus />
        <Field
          name="email"
          type="email"
          label={office.setup.email}
          autocomplete="username"
          problem={problem}
        />
        <NewPassword
          name="password"
          label={office.setup.password}
          hint={office.setup.passwordHint}
          problem={problem}
        />
        {problem ? <Trouble problem={problem} /> : null}
        <button type="submit" class="btn primary" disabled={busy}>
          {office.setup.create}
        </button>
      </form>
      <LanguageChoice />
    </>
  );
};

const TheTeam = ({ next }: { next: () => void }) => {
  const { users } = usePeople();
  const ready = users?.some(({ role }) => role === "agent") ?? false;
  return (
    <>
      <Head step="people" heading={office.setup.peopleHeading} text={office.setup.peopleText} />
      <section class="card">
        <header>
          <h2>{office.admin.add}</h2>
        </header>
        <AddPerson />
      </section>
      <PeopleList />
      {ready ? null : <p class="hint">{office.setup.needAgent}</p>}
      <button
        type="button"
        class={ready ? "btn primary" : "btn"}
        disabled={!ready}
        data-next="pair"
        onClick={next}
      >
        {office.setup.next}
      </button>
    </>
  );
};

const ThePcs = ({ back }: { back: () => void }) => (
  <>
    <Head step="pair" heading={office.setup.pairHeading} text={office.setup.pairText} />
    <Pairing />
    <div class="h">
      <button type="button" class="btn" onClick={back}>
        {office.setup.back}
      </button>
      <a class="btn grow" href="/mobile">
        {office.setup.finish}
      </a>
    </div>
  </>
);

const Setup = ({ first }: { first: Step }) => {
  const [step, setStep] = useState(first);
  const begun = ({ id }: User): void => {
    sessionStorage.setItem(BEGUN, token);
    followLive(id);
    setStep("people");
  };
  return (
    <main class="solo roomy">
      <div key={step}>
        {step === "admin" ? <FirstAdmin done={begun} /> : null}
        {step === "people" ? <TheTeam next={() => setStep("pair")} /> : null}
        {step === "pair" ? <ThePcs back={() => setStep("people")} /> : null}
      </div>
    </main>
  );
};

/** An admin who reloads the page goes on where the account already exists. */
async function firstStep(): Promise<Step> {
  if (sessionStorage.getItem(BEGUN) !== token) return "admin";
  try {
    followLive((await api.me()).id);
    return "people";
  } catch (error) {
    console.warn("the account that this window made is not signed in", error);
    return "admin";
  }
}

await chooseLanguage(storedLanguage() ?? "es");
await loadOfficeTexts();
show(<Setup first={await firstStep()} />, office.setup.title);
