import { useState } from "hono/jsx/dom";
import type { Me, ResetCode, User } from "#contract";
import { access } from "../i18n/access.ts";
import { t } from "../i18n/index.ts";
import { office } from "../i18n/office.ts";
import { copyText } from "../ui/clipboard.ts";
import { clockLength, initials, timeOfDay } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { MoreIcon } from "../ui/more-icons.tsx";
import { useNow } from "../ui/now.ts";
import { Sessions } from "../ui/sessions.tsx";
import { CloseButton, Sheet } from "../ui/sheet.tsx";
import { Trouble } from "../ui/trouble.tsx";
import { useWork } from "../ui/work.ts";
import { accessApi, sessionsOf } from "./access-api.ts";
import { Admission, Details } from "./person-details.tsx";

const Code = ({ user, code }: { user: User; code: ResetCode }) => {
  const [copied, setCopied] = useState(false);
  const left = (Date.parse(code.expiresAt) - useNow()) / 1000;
  return (
    <div class="hero" data-reset-code={code.code}>
      <p class="soft sm">{access.person.codeFor(user.name)}</p>
      <div class="code">{code.code}</div>
      <span class="tag soft">
        <Icon name="clock" small />
        {left > 0 ? office.admin.expires(clockLength(left)) : office.admin.expired}
      </span>
      <button type="button" class="btn" onClick={() => void copyText(code.code).then(() => setCopied(true))}>
        <MoreIcon name="copy" small />
        {copied ? t.copied : t.copy}
      </button>
    </div>
  );
};

/** A code for somebody who has forgotten the password. */
const Forgotten = ({ user }: { user: User }) => {
  const [code, setCode] = useState<ResetCode | null>(null);
  const { busy, problem, work } = useWork();
  return (
    <section class="card stacked">
      <header class="tight">
        <h2>{access.person.forgotten}</h2>
      </header>
      <p class="hint">{access.person.forgottenText}</p>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {code ? <Code key={code.code} user={user} code={code} /> : null}
      <button
        key="make"
        type="button"
        class="btn"
        disabled={busy}
        data-make-code
        onClick={() => void work(async () => setCode(await accessApi.resetCode(user.id)))}
      >
        {code ? office.admin.another : access.person.makeCode}
      </button>
    </section>
  );
};

type Props = {
  me: Me;
  user: User;
  /** Until when the sign-in waits. */ waits: string | undefined;
  onClose: () => void;
};

/** One person: who it is, and how they get in: sessions, PCs, a forgotten password. */
export const PersonSheet = ({ me, user, waits, onClose }: Props) => (
  <Sheet label={access.person.open(user.name)} onClose={onClose} side tall>
    <div class="h">
      <span class="av big" aria-hidden="true">
        {initials(user.name)}
      </span>
      <span class="grow">
        <h2 class="cut">{user.name}</h2>
        <span class="sm soft cut">{user.email}</span>
      </span>
      <CloseButton />
    </div>
    {waits ? (
      <p key="waits" class="note" data-waits>
        {access.person.waitsUntil(timeOfDay(waits, me.timeZone))}
      </p>
    ) : null}
    <Sessions
      key={`sessions ${user.active}`}
      of={sessionsOf(user.id)}
      timeZone={me.timeZone}
      own={user.id === me.id}
    />
    {user.active ? <Forgotten key="forgotten" user={user} /> : null}
    <Details key="details" user={user} />
    {user.id === me.id ? null : <Admission key={`admission ${user.active}`} user={user} />}
  </Sheet>
);
