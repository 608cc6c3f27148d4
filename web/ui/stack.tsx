import type { Child } from "hono/jsx/dom";

type Props<T> = { rows: T[]; keyOf: (row: T) => string; children: (row: T) => Child; class?: string };

/**
 * Rows of equal height that take their place by a transform: when live data reorders them or puts one on top,
 * the browser counts no layout shift.
 */
export function Stack<T>({ rows, keyOf, children, class: name = "" }: Props<T>) {
  return (
    <ul class={`stack ${name}`} style={{ "--rows": String(rows.length) }}>
      {rows.map((row, i) => (
        <li key={keyOf(row)} style={{ "--i": String(i) }}>
          {children(row)}
        </li>
      ))}
    </ul>
  );
}
