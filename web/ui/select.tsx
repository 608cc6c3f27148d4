import { Icon } from "./icon.tsx";

type Option = [value: string, text: string];
type Props = {
  label: string;
  value: string;
  options: Option[];
  /** Further options under a heading each; those without any are left out. */
  groups?: [label: string, options: Option[]][];
  /** The value at which the chip looks as if nothing was chosen. */
  resting: string;
  choose: (value: string) => void;
};

/** A choice among some, as a chip. */
export const Select = ({ label, value, options, groups = [], resting, choose }: Props) => {
  const written = (some: Option[]) =>
    some.map(([option, text]) => (
      <option value={option} selected={option === value}>
        {text}
      </option>
    ));
  return (
    <label class={`chip select${value === resting ? "" : " on"}`}>
      <span class="vh">{label}</span>
      <select value={value} onChange={(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        {written(options)}
        {groups
          .filter(([, some]) => some.length > 0)
          .map(([name, some]) => (
            <optgroup label={name}>{written(some)}</optgroup>
          ))}
      </select>
      <Icon name="down" small />
    </label>
  );
};
