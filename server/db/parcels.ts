import type { Form, Step } from "./group-commit.ts";

/** A form that travels for the first time says by which number it is meant from then on, where it is kept. */
type SentForm = Form & { number?: number };

/**
 * Puts jobs into one flat list for another thread: such a list is copied value by value, while lists of lists and
 * objects with their names cost more than what is in them. A form that is kept travels once, then as its number.
 */
export function packing(): (jobs: Step[][]) => unknown[] {
  const numbers = new Map<Form, number>();
  function sent(form: Form): SentForm | number {
    const known = numbers.get(form);
    if (known !== undefined || !form.kept) return known ?? form;
    const number = numbers.size;
    numbers.set(form, number);
    return { ...form, number };
  }
  return (jobs) => {
    const parcel: unknown[] = [];
    for (const steps of jobs) {
      parcel.push(steps.length);
      for (const { form, values } of steps) {
        parcel.push(sent(form), values.length);
        for (const value of values) parcel.push(value);
      }
    }
    return parcel;
  };
}

/** The jobs again, over there. Where a new `packing` begins, its numbers count. */
export function unpacking(): (parcel: unknown[]) => Step[][] {
  const forms = new Map<number, Form>();
  function got(sent: SentForm | number): Form {
    if (typeof sent === "number") return forms.get(sent) as Form;
    if (sent.number !== undefined) forms.set(sent.number, sent);
    return sent;
  }
  return (parcel) => {
    const jobs: Step[][] = [];
    for (let at = 0; at < parcel.length;) {
      const steps: Step[] = [];
      for (let left = parcel[at++] as number; left > 0; left--) {
        const form = got(parcel[at++] as SentForm | number);
        const end = at + 1 + (parcel[at] as number);
        steps.push({ form, values: parcel.slice(at + 1, end) });
        at = end;
      }
      jobs.push(steps);
    }
    return jobs;
  };
}
