import type { TrendGroup } from "#contract";
import { FEW } from "../figures/written.ts";

export type Column = "name" | "calls" | "sales" | "rate" | "change";
export type Order = { by: Column; down: boolean };

/** A column's first direction: names from A, numbers from the highest. */
export const firstOrder = (by: Column): Order => ({ by, down: by !== "name" });

const value = ({ totals, change }: TrendGroup, by: Exclude<Column, "name">): number | null => {
  if (by === "calls" || by === "sales") return totals[by];
  // nobody is ranked by a rate on few cases
  if (totals.successRate.denominator < FEW) return null;
  if (by === "rate") return totals.successRate.value;
  return change?.value ?? null;
};

/** Groups in an order; those without a value, or with too few cases for a rate, stand last either way. */
export function sorted(groups: TrendGroup[], { by, down }: Order): TrendGroup[] {
  const turn = down ? -1 : 1;
  if (by === "name") return groups.toSorted((a, b) => turn * a.name.localeCompare(b.name));
  return groups.toSorted((a, b) => {
    const [x, y] = [value(a, by), value(b, by)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return turn * (x - y) || a.name.localeCompare(b.name);
  });
}
