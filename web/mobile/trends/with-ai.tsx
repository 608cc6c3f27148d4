import type { Estimate, FigurePlace, Trends } from "#contract";
import { language } from "../../i18n/index.ts";
import { trends as texts } from "../../i18n/trends.ts";
import { Icon } from "../../ui/icon.tsx";
import { Opens } from "../figures/opens.tsx";
import { FEW, madeOf, percent, pointsOf, rateShare, stepShares } from "../figures/written.ts";
import { isNoise } from "./noise.ts";
import type { Place } from "./place.ts";
import { shareSteps } from "./rolling.ts";

type Ai = Trends["ai"];
type Line = { which: NonNullable<FigurePlace["ai"]>; name: string; of: Estimate };

/** `25,0` of a share: the percent sign stands beside it once. */
const bare = (share: number): string =>
  (share * 100).toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const signed = (share: number): string => `${share < 0 ? "−" : "+"}${pointsOf(share)}`;
const signedEnd = (share: number): string => `${share < 0 ? "−" : ""}${pointsOf(share)}`;

const LOOKS = { with: "by-with", without: "by-without", held_out: "by-chance" } as const;

const lines = ({ with: used, without, heldOut }: Ai): Line[] => [
  { which: "with", name: texts.ai.with, of: used },
  { which: "without", name: texts.ai.without, of: without },
  ...(heldOut ? [{ which: "held_out" as const, name: texts.ai.heldOut, of: heldOut }] : []),
];

/** A share with its interval on a ruler from the first of `steps` to the last. */
const Ruler = ({ of, steps, which }: { of: Estimate; steps: number[]; which: Line["which"] }) => {
  const [low = 0, high = 1] = [steps[0], steps.at(-1)];
  const at = (share: number): string => `${((share - low) / (high - low)) * 100}%`;
  const { rate, interval } = of;
  const places = {
    "--step": `calc((100% - 1px) / ${steps.length - 1})`,
    "--from": at(interval?.from ?? low),
    "--to": at(interval?.to ?? low),
    "--at": at(rate.value ?? low),
  };
  return (
    <div class={`ruler ${LOOKS[which]}`} style={places} aria-hidden="true">
      {interval ? (
        <>
          <u />
          <i />
        </>
      ) : null}
    </div>
  );
};

const Row = ({
  line: { which, name, of },
  steps,
  placeOf,
}: {
  line: Line;
  steps: number[];
  placeOf: Place;
}) => {
  const { rate, interval } = of;
  const few = rate.denominator < FEW;
  return (
    <div class="estimate" data-ai={which}>
      <Opens metric="successRate" place={placeOf({ ai: which })} label={name} class="line-button">
        <span class="sm" aria-hidden="true">
          <b class="b">{name}</b>
        </span>
        <span class="sm soft">{rate.denominator === 0 ? texts.ai.none : madeOf(rate)}</span>
        <span class={`sm push${few ? " faint" : ""}`}>
          <b class={`b${which === "with" && !few ? " ai" : ""}`}>{rateShare(rate)}</b>{" "}
          {interval ? (
            <>
              <span class="faint" aria-hidden="true">
                {texts.ai.interval(bare(interval.from), bare(interval.to))}
              </span>
              <span class="vh">{texts.ai.intervalWords(bare(interval.from), bare(interval.to))}</span>
            </>
          ) : null}
          {few && rate.denominator > 0 ? <span> · {texts.ai.few}</span> : null}
        </span>
      </Opens>
      <Ruler of={of} steps={steps} which={which} />
    </div>
  );
};

/** Calls with the copilot's help and without: both rates, their intervals, and what they do not prove. */
export const WithAi = ({ ai, placeOf }: { ai: Ai; placeOf: Place }) => {
  const all = lines(ai);
  const reach = all.flatMap(({ of }) => (of.interval ? [of.interval.from, of.interval.to] : []));
  const steps =
    reach.length === 0 ? [0, 0.25, 0.5, 0.75, 1] : shareSteps(Math.min(...reach), Math.max(...reach));
  const { difference, share } = ai;
  return (
    <section class="card with-ai">
      <header class="wraps">
        <h2>{texts.ai.title}</h2>
        <Opens metric="aiShare" place={placeOf()} label={texts.ai.title}>
          <span class="tag pill ai">
            <Icon name="ai" small />
            {texts.ai.share(madeOf(share), percent(share.value, 0))}
          </span>
        </Opens>
      </header>
      {all.map((line) => (
        <Row key={line.which} line={line} steps={steps} placeOf={placeOf} />
      ))}
      <div class="ruler-axis" aria-hidden="true">
        {stepShares(steps).map((step, i) => (
          <span style={{ "--at": `${(i / (steps.length - 1)) * 100}%` }}>
            {i === 0 || i === steps.length - 1 ? step : step.replace(/\s*%/, "")}
          </span>
        ))}
      </div>
      {difference ? (
        <p class="sm difference">
          <b class="b">{texts.ai.difference(signed(difference.value))}</b>{" "}
          <span class="soft">
            {texts.ai.range(signedEnd(difference.interval.from), signedEnd(difference.interval.to))}
          </span>
          {isNoise(difference) ? <span> {texts.ai.unclear}</span> : null}
        </p>
      ) : (
        <p class="sm difference soft">{texts.ai.noDifference}</p>
      )}
      <p class="hint">
        <b class="b">{texts.ai.association}</b> {texts.ai.why}
        {ai.heldOut ? ` ${texts.ai.heldOutWhy}` : ""}
      </p>
    </section>
  );
};
