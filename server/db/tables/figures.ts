import type { sqlite } from "../dialects.ts";

/** Lengths are counted in this many steps, each a fifth longer than the one before. */
export const LENGTH_STEPS = 36;
export type LengthStep = `s${number}`;
export const lengthSteps = Array.from({ length: LENGTH_STEPS }, (_, i): LengthStep => `s${i}`);

/**
 * Figures that are written with each call, so that no board counts calls. Each call counts for two owners,
 * its agent and its team; a site, or everybody, is the sum of teams.
 */
export function figureTables({ table, text, integer, instant, primaryKey }: typeof sqlite) {
  const zero = (name: string) => integer(name).notNull().default(0);
  const figures = () => ({
    calls: zero("calls"),
    answered: zero("answered"),
    contacts: zero("contacts"),
    sales: zero("sales"),
    /** In hundredths of the currency: a sum of decimals would drift. */
    saleCents: zero("sale_cents"),
    talkSeconds: zero("talk_seconds"),
    /** Hold and wrap-up where they are known, and of how many calls they are. */
    holdSeconds: zero("hold_seconds"),
    holdCalls: zero("hold_calls"),
    wrapUpSeconds: zero("wrap_up_seconds"),
    wrapUpCalls: zero("wrap_up_calls"),
    aiAsks: zero("ai_asks"),
    aiCalls: zero("ai_calls"),
    aiContacts: zero("ai_contacts"),
    aiSales: zero("ai_sales"),
    heldOutCalls: zero("held_out_calls"),
    heldOutContacts: zero("held_out_contacts"),
    heldOutSales: zero("held_out_sales"),
    /** Time without a call, by what was declared; in the row without a campaign. */
    readySeconds: zero("ready_seconds"),
    pausedSeconds: zero("paused_seconds"),
  });

  const hourFigures = table(
    "hour_figures",
    {
      ownerId: text("owner_id").notNull(),
      /** Empty for calls without one. */
      campaign: text("campaign").notNull(),
      /** The first instant of an hour as the site's clock shows it. */
      hour: instant("hour").notNull(),
      ...figures(),
    },
    (rows) => [primaryKey({ columns: [rows.ownerId, rows.hour, rows.campaign] })],
  );

  const dayFigures = table(
    "day_figures",
    {
      ownerId: text("owner_id").notNull(),
      campaign: text("campaign").notNull(),
      /** `YYYY-MM-DD` at the site. */
      day: text("day").notNull(),
      ...figures(),
    },
    (rows) => [primaryKey({ columns: [rows.ownerId, rows.day, rows.campaign] })],
  );

  /** How many lengths fell into each step, for medians and p90. */
  const dayLengths = table(
    "day_lengths",
    {
      ownerId: text("owner_id").notNull(),
      day: text("day").notNull(),
      what: text("what").$type<"talk" | "wrapUp" | "handle">().notNull(),
      ...(Object.fromEntries(lengthSteps.map((step) => [step, zero(step)])) as Record<
        LengthStep,
        ReturnType<typeof zero>
      >),
    },
    (rows) => [primaryKey({ columns: [rows.ownerId, rows.day, rows.what] })],
  );

  return { hourFigures, dayFigures, dayLengths };
}
