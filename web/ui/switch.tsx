import "./switch.css";

type Props = {
  label: string;
  hint?: string;
  name?: string;
  checked: boolean;
  disabled?: boolean;
  /** Without it the switch is a field of its form. */
  toggle?: (on: boolean) => void;
};

/** A labelled switch; the whole line can be pressed. */
export const Switch = ({ label, hint, name, checked, disabled, toggle }: Props) => (
  <label class="switch">
    <span class="grow">
      {label}
      {hint ? <span class="hint">{hint}</span> : null}
    </span>
    <input
      type="checkbox"
      role="switch"
      name={name}
      checked={checked}
      disabled={disabled}
      onChange={(event: Event) => {
        const input = event.target as HTMLInputElement;
        const on = input.checked;
        if (!toggle) return;
        // it stands as it is until the server has agreed
        input.checked = checked;
        toggle(on);
      }}
    />
    <i aria-hidden="true" />
  </label>
);
