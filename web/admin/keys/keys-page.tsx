import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { ApiKey, MadeApiKey, Me } from "#contract";
import { access } from "../../i18n/access.ts";
import { t } from "../../i18n/index.ts";
import { copyText } from "../../ui/clipboard.ts";
import { dayAndMonth, dayAt } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { useNow } from "../../ui/now.ts";
import { Sure } from "../../ui/sure.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { accessApi } from "../access-api.ts";
import { NewKey } from "./new-key.tsx";

/** The key itself, this once. */
const Made = ({ made }: { made: MadeApiKey }) => {
  const [copied, setCopied] = useState(false);
  return (
    <section class="card stacked" data-made-key role="status">
      <header class="tight">
        <h2>{access.keys.made(made.name)}</h2>
      </header>
      <p class="hint">{access.keys.madeText}</p>
      <p class="secret">{made.key}</p>
      <button
        type="button"
        class="btn primary"
        onClick={() => void copyText(made.key).then(() => setCopied(true))}
      >
        <MoreIcon name="copy" small />
        {copied ? t.copied : t.copy}
      </button>
    </section>
  );
};

type RowProps = { one: ApiKey; me: Me; busy: boolean; revoke: () => void };

const Row = ({ one, me, busy, revoke }: RowProps) => {
  const [asking, setAsking] = useState(false);
  const now = useNow();
  const { id, name, scopes, createdBy, createdAt, expiresAt, lastUsedAt } = one;
  const day = (at: string): string => dayAndMonth(dayAt(new Date(at), me.timeZone));
  const ended = expiresAt !== null && Date.parse(expiresAt) <= now;
  const facts = [
    access.keys.by(createdBy, day(createdAt)),
    lastUsedAt ? access.keys.used(day(lastUsedAt)) : access.keys.unused,
    expiresAt ? access.keys.ends(day(expiresAt)) : null,
  ];
  return (
    <li class="wrap" data-key={id}>
      <span class="grow">
        <span class="b cut">{name}</span>
        <span class="sm facts">{scopes.map((scope) => access.keys.scope[scope]).join(" · ")}</span>
        <span class="sm soft facts">{facts.filter(Boolean).join(" · ")}</span>
      </span>
      {ended ? <span class="tag pill warn">{access.keys.ended}</span> : null}
      {asking ? null : (
        <button
          key="revoke"
          type="button"
          class="btn"
          aria-label={access.keys.revokeOf(name)}
          onClick={() => setAsking(true)}
        >
          {access.keys.revoke}
        </button>
      )}
      {asking ? (
        <Sure
          key="sure"
          what={access.keys.revokeWhat}
          yes={access.keys.revokeSure}
          busy={busy}
          act={revoke}
          cancel={() => setAsking(false)}
        />
      ) : null}
    </li>
  );
};

/** «Claves»: what other programs may do here. */
export const KeysPage = ({ me }: { me: Me }) => {
  const [keys, setKeys] = useState<ApiKey[] | null>(null);
  const [made, setMade] = useState<MadeApiKey | null>(null);
  const { busy, problem, work } = useWork();
  const load = async (): Promise<void> => setKeys((await accessApi.keys()).items);
  useLayoutEffect(() => void work(load), []);
  const revoke = (id: string): void =>
    void work(async () => {
      await accessApi.revokeKey(id);
      if (made?.id === id) setMade(null);
      await load();
    });
  return (
    <>
      <Header me={me} title={access.keys.title} />
      <main>
        <div class="cols even">
          <div class="column">
            {made ? <Made key={made.id} made={made} /> : null}
            <NewKey
              key="new"
              made={(key) => {
                setMade(key);
                // the key, which is shown only now, stands above the form
                scrollTo(0, 0);
                void work(load);
              }}
            />
          </div>
          <div class="column">
            <section class="card flush" aria-busy={String(keys === null && problem === null)}>
              <header class="tight">
                <h2>{access.keys.list}</h2>
              </header>
              <p class="nothing soft sm">{keys?.length === 0 ? access.keys.none : access.keys.listText}</p>
              {problem ? (
                <div key="problem" class="nothing">
                  <Trouble problem={problem} />
                </div>
              ) : null}
              <ul key="keys" class="rows">
                {(keys ?? []).map((one) => (
                  <Row key={one.id} one={one} me={me} busy={busy} revoke={() => revoke(one.id)} />
                ))}
              </ul>
            </section>
          </div>
        </div>
      </main>
    </>
  );
};
