import type { WordErrors } from "#contract";
import { house } from "../../i18n/house.ts";
import { count, share } from "../../ui/format.ts";

/** So many corrected lines the server wants before it gives a rate. */
const ENOUGH = 20;

/** How good the recogniser is here, or how much it takes until that can be said. */
export const Accuracy = ({ errors: { lines, words, errors, rate } }: { errors: WordErrors }) => (
  <section class="card stacked" data-accuracy={rate === null ? "unknown" : "known"}>
    <header class="tight">
      <h2>{house.ears.accuracy}</h2>
    </header>
    {rate === null ? (
      <div key="unknown">
        <p class="b">{house.ears.missing(count(Math.max(1, ENOUGH - lines)))}</p>
        <progress max={ENOUGH} value={lines} aria-label={house.ears.accuracy} />
        <p class="xs faint">{house.ears.linesOf(count(lines), count(ENOUGH))}</p>
      </div>
    ) : (
      <div key="known">
        <p class="metric">{share(rate)}</p>
        <p class="sm soft">{house.ears.wrong(count(errors), count(words), count(lines))}</p>
      </div>
    )}
    <p class="hint">{house.ears.accuracyText}</p>
  </section>
);
