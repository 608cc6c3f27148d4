import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { KnownContact, Me, Problem } from "#contract";
import { problemOf } from "../../api.ts";
import { contacts as texts, loadContactTexts } from "../../i18n/contacts.ts";
import { t } from "../../i18n/index.ts";
import { officeApi } from "../../office.ts";
import { count, dayAndMonth, dayAt, initials, maskPhone } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { Icon } from "../../ui/icon.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { contactsApi, exportUrl } from "./api.ts";
import { BringContacts } from "./bring-contacts.tsx";
import { ContactSheet } from "./contact-sheet.tsx";
import "./contacts.css";

// whoever opens the contacts waits for this module, so its words are there with it
await loadContactTexts();

const TYPED_MS = 200;
type Found = { items: KnownContact[] | null; next: string | null; problem: Problem | null };

/** The contacts that a text finds, a page at a time. */
function useFound(q: string) {
  const [found, setFound] = useState<Found>({ items: null, next: null, problem: null });
  const asked = useRef(0);
  const ask = (before: KnownContact[], after?: string): void => {
    const mine = (asked.current = (asked.current ?? 0) + 1);
    contactsApi.list({ q, after, limit: 50 }).then(
      ({ items, next }) => {
        if (mine === asked.current) setFound({ items: [...before, ...items], next, problem: null });
      },
      (error: unknown) => {
        if (mine === asked.current) setFound({ items: before, next: null, problem: problemOf(error) });
      },
    );
  };
  useLayoutEffect(() => {
    const typed = setTimeout(() => ask([]), q === "" ? 0 : TYPED_MS);
    return () => clearTimeout(typed);
  }, [q]);
  return {
    ...found,
    again: () => ask([]),
    more: () => ask(found.items ?? [], found.next ?? undefined),
    put: (contact: KnownContact) =>
      setFound((now) => {
        const items = now.items ?? [];
        const known = items.some(({ id }) => id === contact.id);
        return {
          ...now,
          items: known ? items.map((one) => (one.id === contact.id ? contact : one)) : [contact, ...items],
        };
      }),
  };
}

const Line = ({ contact, me, open }: { contact: KnownContact; me: Me; open: () => void }) => (
  <button type="button" class="row" data-contact={contact.id} onClick={open}>
    <span class="av" aria-hidden="true">
      {initials(contact.name) || "?"}
    </span>
    <span class="grow">
      <span class="b cut">{contact.name || t.unknownContact}</span>
      <span class="sm soft">
        {[
          ...contact.phones.map(maskPhone),
          ...(contact.lastCallAt === null
            ? []
            : [texts.lastCall(dayAndMonth(dayAt(new Date(contact.lastCallAt), me.timeZone)))]),
        ].join(" · ")}
      </span>
    </span>
  </button>
);

type Open = KnownContact | "new" | null;
const idIn = (hash: string): string => hash.split("/")[1] ?? "";

/** «Contactos»: found by name or phone, with their notes and calls; in and out as files for who leads. */
export const ContactsPage = ({ me }: { me: Me }) => {
  const [q, setQ] = useState("");
  const { items, next, problem, again, more, put } = useFound(q);
  const [open, setOpen] = useState<Open>(null);
  const [said, setSaid] = useState("");
  const leads = me.role !== "agent";
  useLayoutEffect(() => {
    const id = idIn(location.hash);
    // a contact that is not theirs simply does not open
    if (id !== "") officeApi.contact(id).then(setOpen, () => undefined);
  }, []);
  const saved = (contact: KnownContact): void => {
    put(contact);
    setOpen(contact);
  };
  return (
    <>
      <Header me={me} title={texts.title} />
      <main>
        <div class="h contact-deeds">
          <label class="in search grow">
            <MoreIcon name="search" tone="soft" />
            <input
              type="search"
              maxlength={120}
              placeholder={texts.placeholder}
              aria-label={texts.search}
              onInput={(event: Event) => setQ((event.target as HTMLInputElement).value.trim())}
            />
          </label>
          <button type="button" class="btn" data-add onClick={() => setOpen("new")}>
            <MoreIcon name="plus" small />
            {texts.add}
          </button>
          {leads ? (
            <BringContacts
              key="bring"
              done={(taken) => {
                setSaid(texts.taken(count(taken)));
                again();
              }}
            />
          ) : null}
          {leads ? (
            <span key="files" class="h">
              <a class="btn" href={exportUrl("csv")} download aria-label={texts.export("CSV")}>
                <Icon name="download" small />
                {texts.csv}
              </a>
              <a class="btn" href={exportUrl("xlsx")} download aria-label={texts.export("Excel")}>
                <Icon name="download" small />
                {t.export.action}
              </a>
            </span>
          ) : null}
        </div>
        <p class="hint line" role="status">
          {said}
        </p>
        <section class="card flush" aria-busy={String(items === null)}>
          {problem ? (
            <div key="problem" class="nothing">
              <Trouble problem={problem} />
            </div>
          ) : null}
          {items?.length === 0 && !problem ? (
            <p key="none" class="nothing above">
              {q === "" ? texts.noneYet : texts.none}
            </p>
          ) : null}
          <div key="rows">
            {(items ?? []).map((contact) => (
              <Line
                key={`${contact.id} ${contact.updatedAt}`}
                contact={contact}
                me={me}
                open={() => setOpen(contact)}
              />
            ))}
          </div>
          {next === null ? null : (
            <button key="more" type="button" class="btn plain wide-button" onClick={more}>
              {texts.more}
            </button>
          )}
        </section>
        {open ? (
          <ContactSheet
            key={open === "new" ? "new" : open.id}
            contact={open === "new" ? null : open}
            me={me}
            put={saved}
            erased={() => {
              setOpen(null);
              again();
            }}
            onClose={() => setOpen(null)}
          />
        ) : null}
      </main>
    </>
  );
};
