import type { Call } from "#contract";
import { t } from "../../i18n/index.ts";
import { Elapsed } from "../../ui/elapsed.tsx";
import { contactName, count } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Stack } from "../../ui/stack.tsx";

/** Who is talking now, the longest call first. */
export const OnCallRows = ({ calls }: { calls: Call[] }) => {
  const open = calls
    .filter(({ endedAt }) => endedAt === null)
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
  return (
    <>
      <header>
        <h2>{t.panel.onCall}</h2>
        <span key={open.length} class="sm faint">
          {open.length === 0 ? null : count(open.length)}
        </span>
      </header>
      {open.length === 0 ? (
        <p key="none" class="nothing">
          {t.panel.onCallNone}
        </p>
      ) : null}
      <Stack rows={open} keyOf={({ id }) => id}>
        {(call) => (
          <a class="row" href={`#equipo/${call.agentId}`} data-call={call.id}>
            <span class="ico acc">
              <Icon name="phone" />
            </span>
            <span class="grow">
              <span class="b cut">{call.agentName}</span>
              <span class="sm soft cut">{contactName(call.contact)}</span>
            </span>
            <span class="b">
              <Elapsed since={call.startedAt} />
            </span>
          </a>
        )}
      </Stack>
    </>
  );
};

/** The card of who is talking. It keeps its size; more than it holds scrolls. */
export const OnCall = ({ calls }: { calls: Call[] }) => (
  <section class="card flush on-call">
    <OnCallRows calls={calls} />
  </section>
);
