import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { ConsentWording, Me, PrivacySettings, Problem } from "#contract";
import { json, problemOf } from "../../api.ts";
import { privacy as texts } from "../../i18n/privacy.ts";
import { Area, valuesOf } from "../../ui/field.tsx";
import { count, dayAndMonth, dayAt } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";

const wording = {
  get: () => json<ConsentWording>("GET", "/api/consent/wording"),
  put: (words: { es: string; en: string }) => json<ConsentWording>("PUT", "/api/consent/wording", words),
};
const settings = {
  get: () => json<PrivacySettings>("GET", "/api/consent/settings"),
  put: (now: PrivacySettings) => json<PrivacySettings>("PUT", "/api/consent/settings", now),
};

/** What agents say before they record; each change is a new version. */
const Wording = ({ first, me }: { first: ConsentWording; me: Me }) => {
  const { busy, problem, work } = useWork();
  const [now, setNow] = useState(first);
  const [saved, setSaved] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    const { es = "", en = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    void work(async () => {
      setNow(await wording.put({ es, en }));
      setSaved(true);
    });
  };
  const since =
    now.at === null ? texts.starter : texts.since(dayAndMonth(dayAt(new Date(now.at), me.timeZone)));
  return (
    <form class="card stacked" data-part="wording" onSubmit={submit}>
      <header class="tight">
        <h2>{texts.wording}</h2>
      </header>
      <p class="hint">{texts.wordingText}</p>
      <Area name="es" label={texts.inSpanish} value={now.es} rows={4} maxLength={600} problem={problem} />
      <Area name="en" label={texts.inEnglish} value={now.en} rows={4} maxLength={600} problem={problem} />
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      <div class="h">
        <span key={now.version} class="grow sm soft">
          {texts.version(count(now.version), since)}
        </span>
        <button type="submit" class="btn primary" disabled={busy}>
          {texts.save}
        </button>
      </div>
      <p key={String(saved)} class="hint line" role="status">
        {saved ? texts.saved : ""}
      </p>
    </form>
  );
};

/** Campaigns whose calls are never recorded. */
const Campaigns = ({ first }: { first: PrivacySettings }) => {
  const { busy, problem, work } = useWork();
  const [saved, setSaved] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    const { campaigns = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    const names = campaigns
      .split("\n")
      .map((name) => name.trim())
      .filter(Boolean);
    void work(async () => {
      await settings.put({ campaignsNotRecorded: names });
      setSaved(true);
    });
  };
  return (
    <form class="card stacked" data-part="campaigns" onSubmit={submit}>
      <header class="tight">
        <h2>{texts.campaigns}</h2>
      </header>
      <p class="hint">{texts.campaignsText}</p>
      <Area
        name="campaigns"
        label={texts.campaignNames}
        hint={texts.onePerLine}
        value={first.campaignsNotRecorded.join("\n")}
        required={false}
        rows={4}
        problem={problem}
      />
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      <div class="h">
        <span class="grow" />
        <button type="submit" class="btn primary" disabled={busy}>
          {texts.save}
        </button>
      </div>
      <p key={String(saved)} class="hint line" role="status">
        {saved ? texts.saved : ""}
      </p>
    </form>
  );
};

const RIGHTS = ["notRecorded", "expediente", "erase"] as const;

/** «Privacidad»: what is said before recording, what is never recorded, and where a person's rights are. */
export const PrivacyPage = ({ me }: { me: Me }) => {
  const [first, setFirst] = useState<{ words: ConsentWording; now: PrivacySettings } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useLayoutEffect(() => {
    Promise.all([wording.get(), settings.get()]).then(
      ([words, now]) => setFirst({ words, now }),
      (error: unknown) => setProblem(problemOf(error)),
    );
  }, []);
  return (
    <>
      <Header me={me} title={texts.title} />
      <main aria-busy={String(first === null && problem === null)}>
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        {first ? (
          <div key="parts" class="cols even">
            <div class="column">
              <Wording first={first.words} me={me} />
            </div>
            <div class="column">
              <Campaigns first={first.now} />
              <section class="card stacked">
                <header class="tight">
                  <h2>{texts.rights}</h2>
                </header>
                <ul class="points">
                  {RIGHTS.map((right) => (
                    <li>{texts.rightsOf[right]}</li>
                  ))}
                </ul>
                <a class="btn" href="/mobile#contactos">
                  {texts.toContacts}
                </a>
              </section>
            </div>
          </div>
        ) : null}
      </main>
    </>
  );
};
