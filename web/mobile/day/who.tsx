import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Call, KnownContact, Me } from "#contract";
import { api } from "../../api.ts";
import { day as texts } from "../../i18n/day.ts";
import { outcomeName } from "../../ui/disposition.tsx";
import { contactName, count, dayAndMonth, dayAt, maskPhone } from "../../ui/format.ts";
import { officeApi } from "../../office.ts";

type Known = { contact: KnownContact; before: Call[]; more: boolean };
const LOOKED_AT = 20;

/** Whom the call is with, from the contacts, and what was before: in two lines. */
export const Who = ({ call, me }: { call: Call; me: Me }) => {
  const [known, setKnown] = useState<Known | null>(null);
  const { contactId } = call;
  useLayoutEffect(() => {
    if (contactId === null) return;
    Promise.all([officeApi.contact(contactId), api.calls({ contactId, limit: LOOKED_AT + 1 })]).then(
      ([contact, { items }]) => {
        const before = items.filter(({ id }) => id !== call.id);
        setKnown({ contact, before: before.slice(0, LOOKED_AT), more: before.length > LOOKED_AT });
      },
      // the call itself says as much as is known
      () => undefined,
    );
  }, [contactId]);
  const name = call.contact.name ?? known?.contact.name ?? contactName(call.contact);
  const phone = call.contact.phone ?? known?.contact.phones[0];
  const last = known?.before[0];
  const when = last
    ? `${dayAndMonth(dayAt(new Date(last.startedAt), me.timeZone))} · ${outcomeName(last)}`
    : "";
  return (
    <div class="who" data-who={contactId ?? ""}>
      <div key={name} class="soft cut">
        {name}
        {phone && maskPhone(phone) !== name ? ` · ${maskPhone(phone)}` : ""}
      </div>
      <div key={known ? "known" : "unknown"} class="sm faint cut">
        {known === null
          ? ""
          : last
            ? texts.history(texts.call(`${count(known.before.length)}${known.more ? "+" : ""}`), when)
            : texts.first}
        {known?.contact.notes ? ` · ${texts.notes(known.contact.notes)}` : ""}
      </div>
    </div>
  );
};
