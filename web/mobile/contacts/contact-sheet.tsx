import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Call, KnownContact, Me } from "#contract";
import { api } from "../../api.ts";
import { contacts as texts } from "../../i18n/contacts.ts";
import { t } from "../../i18n/index.ts";
import { Outcome } from "../../ui/disposition.tsx";
import { Area, Field, valuesOf } from "../../ui/field.tsx";
import { clockLength, dayAndMonth, dayAt, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { uuidv7 } from "../../ui/uuid.ts";
import { useWork } from "../../ui/work.ts";
import { contactsApi } from "./api.ts";
import { Rights } from "./rights.tsx";

const HISTORY = 20;

/** A call that there was; one with a recording opens it. */
const Past = ({ call, me }: { call: Call; me: Me }) => {
  const inside = (
    <>
      <span class="grow">
        <span class="b cut">{call.agentName}</span>
        <span class="sm soft cut">
          {dayAndMonth(dayAt(new Date(call.startedAt), me.timeZone))} {timeOfDay(call.startedAt, me.timeZone)}{" "}
          · {clockLength(call.talkSeconds ?? 0)}
          {call.notes ? ` · ${call.notes}` : ""}
        </span>
      </span>
      <Outcome of={call} />
    </>
  );
  return call.recorded ? (
    <a href={`#grabaciones/${call.id}`} data-call={call.id}>
      {inside}
    </a>
  ) : (
    <div data-call={call.id}>{inside}</div>
  );
};

const History = ({ contact, me }: { contact: KnownContact; me: Me }) => {
  const { problem, work } = useWork();
  const [calls, setCalls] = useState<Call[] | null>(null);
  useLayoutEffect(
    () => void work(async () => setCalls((await api.calls({ contactId: contact.id, limit: HISTORY })).items)),
    [contact.id],
  );
  return (
    <section>
      <h2>{texts.history}</h2>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {calls?.length === 0 ? <p class="hint">{texts.noCalls}</p> : null}
      <div key="calls" class="rows bleed">
        {(calls ?? []).map((call) => (
          <Past key={call.id} call={call} me={me} />
        ))}
      </div>
    </section>
  );
};

type Props = {
  /** Null for a new one. */
  contact: KnownContact | null;
  me: Me;
  put: (contact: KnownContact) => void;
  /** The sheet of somebody who is nowhere any more was closed. */
  erased: () => void;
  onClose: () => void;
};

/** One contact: how to reach them, notes, and the calls that there were. */
export const ContactSheet = ({ contact, me, put, erased, onClose }: Props) => {
  const { busy, problem, work } = useWork();
  const [saved, setSaved] = useState(false);
  const [gone, setGone] = useState(false);
  const title = contact ? contact.name || t.unknownContact : texts.addTitle;
  const submit = (event: Event): void => {
    event.preventDefault();
    const { name = "", phones: typed = "", notes = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    const phones = typed
      .split("\n")
      .map((phone) => phone.trim())
      .filter(Boolean);
    void work(async () => {
      const change = { name, phones, notes };
      put(
        contact
          ? await contactsApi.change(contact.id, change)
          : await contactsApi.add({ id: uuidv7(), ...change }),
      );
      setSaved(true);
    });
  };
  return (
    <Sheet side tall label={texts.sheet(title)} onClose={gone ? erased : onClose}>
      <div class="h">
        <h1 class="grow cut">{title}</h1>
        <CloseButton />
      </div>
      {gone ? null : (
        <div key="phones" class="dials">
          {(contact?.phones ?? []).map((phone) => (
            <a key={phone} class="btn" href={`tel:${phone}`} aria-label={texts.dial(phone)}>
              <Icon name="phone" small />
              {phone}
            </a>
          ))}
        </div>
      )}
      {gone ? null : (
        <form key="form" class="stacked" onSubmit={submit}>
          <Field
            name="name"
            label={texts.name}
            value={contact?.name ?? ""}
            maxLength={120}
            problem={problem}
          />
          <Area
            name="phones"
            label={texts.phones}
            value={contact?.phones.join("\n") ?? ""}
            hint={texts.phonesHint}
            required={false}
            rows={2}
            problem={problem}
          />
          <Area
            name="notes"
            label={texts.notes}
            value={contact?.notes ?? ""}
            required={false}
            maxLength={4000}
            rows={3}
            problem={problem}
          />
          {problem ? <Trouble key="problem" problem={problem} /> : null}
          <button key="save" type="submit" class="btn primary" disabled={busy}>
            {texts.save}
          </button>
          <p key={String(saved)} class="hint line" role="status">
            {saved ? texts.saved : ""}
          </p>
        </form>
      )}
      {contact && !gone ? <History key={contact.id} contact={contact} me={me} /> : null}
      {contact ? (
        <Rights
          key={`rights ${contact.id}`}
          contact={contact}
          me={me}
          put={put}
          gone={gone}
          erased={() => setGone(true)}
        />
      ) : null}
    </Sheet>
  );
};
