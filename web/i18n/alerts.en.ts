import type { AlertTexts } from "./alerts.es.ts";

/** The texts of what needs somebody, in English. */
export const en: AlertTexts = {
  title: "Needs your attention",
  count: (n) => (n === "1" ? "1 alert" : `${n} alerts`),
  inState: {
    long_call: "on a call",
    long_wait: "available",
    long_wrap_up: "in wrap-up",
    long_pause: "paused",
  },
  late: (time, state, limit) => `${time} ${state} · limit ${limit} min`,
  lost: {
    agent: "The agent's voice is missing",
    customer: "The customer's voice is missing",
    both: "Neither voice is recorded",
  },
  since: (what, time) => `${what} since ${time}`,
  nobody: "Nobody is available now",
  goals: {
    sales: (n) => (n === "1" ? "Goal reached: 1 sale" : `Goal reached: ${n} sales`),
    calls: (n) => (n === "1" ? "Goal reached: 1 call" : `Goal reached: ${n} calls`),
  },
  callbacks: (n, time) =>
    n === "1" ? `Callback overdue since ${time}` : `${n} callbacks overdue, the first at ${time}`,
};
