import type { Child } from "hono/jsx/dom";
import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Capacity } from "#contract";
import { language } from "../../i18n/index.ts";
import { keeping } from "../../i18n/keeping.ts";
import { count } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { keepingApi } from "./api.ts";
import { sizeOf } from "./size.ts";

/** With less than this many days left somebody has to act. */
const SOON = 30;
/** As many months as a year has. */
const MONTHS = 12;
const FORMATS = ["wav", "flac", "opus"] as const;

const monthName = (month: string): string =>
  new Intl.DateTimeFormat(language, { month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-15T12:00:00Z`),
  );

const leftOf = ({ daysLeft, freeBytes }: Capacity): string => {
  if (daysLeft !== null) return keeping.days(count(daysLeft));
  return freeBytes === null ? keeping.unknown : keeping.years;
};

type Month = Capacity["months"][number];

/** One month's recordings as a bar: what is still a WAV, what is smaller already. */
const MonthRow = ({ row, most }: { row: Month; most: number }) => {
  const total = row.wav + row.flac + row.opus;
  const [wav, flac, opus] = FORMATS.map((format) => sizeOf(row[format]));
  let from = 0;
  return (
    <li>
      <span class="hint">{monthName(row.month)}</span>
      <svg
        viewBox="0 0 1000 10"
        preserveAspectRatio="none"
        role="img"
        aria-label={keeping.monthOf(monthName(row.month), sizeOf(total), wav ?? "", flac ?? "", opus ?? "")}
      >
        {FORMATS.map((format) => {
          const width = (row[format] / most) * 1000;
          const x = from;
          from += width;
          return <rect class={format} x={String(x)} width={String(width)} height="10" />;
        })}
      </svg>
      <span class="hint size">{sizeOf(total)}</span>
    </li>
  );
};

const Tile = ({ name, warn, children }: { name: string; warn?: boolean; children: Child }) => (
  <div class="tile">
    <dt>{name}</dt>
    <dd class={warn ? "warn" : ""}>{children}</dd>
  </div>
);

/** The room that recordings take, and how long the disk lasts. */
export const Space = ({ capacity }: { capacity: Capacity }) => {
  const { bytes, trashBytes, bytesPerDay, freeBytes, daysLeft, recordings } = capacity;
  const months = capacity.months.slice(-MONTHS);
  const most = Math.max(1, ...months.map(({ wav, flac, opus }) => wav + flac + opus));
  const soon = daysLeft !== null && daysLeft < SOON;
  return (
    <section class="card stacked" data-part="capacity">
      <header class="tight">
        <h2>{keeping.capacity}</h2>
      </header>
      {soon ? <FullSoon key="soon" days={daysLeft} /> : null}
      <dl class="tiles space">
        <Tile name={keeping.used}>{sizeOf(bytes)}</Tile>
        <Tile name={keeping.perDay}>{sizeOf(bytesPerDay)}</Tile>
        <Tile name={keeping.free}>{freeBytes === null ? keeping.unknown : sizeOf(freeBytes)}</Tile>
        <Tile name={keeping.left} warn={soon}>
          {leftOf(capacity)}
        </Tile>
      </dl>
      <p class="hint">
        {keeping.capacityText(count(recordings))}
        {trashBytes > 0 ? ` ${keeping.trashUses(sizeOf(trashBytes))}` : ""}
      </p>
      {months.length === 0 ? (
        <p key="none" class="soft">
          {keeping.noRecordings}
        </p>
      ) : (
        <div key="months">
          <ul class="legend-row" aria-hidden="true">
            {FORMATS.map((format) => (
              <li class={format}>{format === "opus" ? "Opus" : format.toUpperCase()}</li>
            ))}
          </ul>
          <ul class="months" aria-label={keeping.months}>
            {months.map((row) => (
              <MonthRow key={row.month} row={row} most={most} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
};

const FullSoon = ({ days }: { days: number }) => (
  <div class="note" role="alert" data-full={String(days)}>
    <Icon name="warning" tone="warn" />
    <span>{keeping.full(count(days))}</span>
  </div>
);

/** On administration's first screen: nothing, unless the disk is soon full. */
export const DiskWarning = () => {
  const [days, setDays] = useState<number | null>(null);
  useLayoutEffect(() => {
    // a warning that cannot be had is no reason to keep anybody from their work
    keepingApi.capacity().then(
      ({ daysLeft }) => setDays(daysLeft),
      () => undefined,
    );
  }, []);
  return days !== null && days < SOON ? (
    <a class="warned" href="#conservacion">
      <FullSoon days={days} />
    </a>
  ) : null;
};
