import type { Problem } from "#contract";
import { Icon } from "./icon.tsx";

/** A problem as the server words it: what happened, and what to do next. */
export const Trouble = ({ problem, id }: { problem: Problem; id?: string }) => (
  <p class="trouble bad sm" role="alert" id={id}>
    <Icon name="warning" small />
    <span>
      {problem.detail}
      {problem.hint === "" ? null : ` ${problem.hint}`}
    </span>
  </p>
);
