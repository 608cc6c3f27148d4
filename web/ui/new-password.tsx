import type { Problem } from "#contract";
import { Field } from "./field.tsx";

type Props = {
  name: "password" | "next";
  label: string;
  /** What a password may not be, in words. */
  hint: string;
  problem: Problem | null;
};

/** A password that is chosen here: programs that keep passwords offer one, and none shorter than the server takes is sent. */
export const NewPassword = (props: Props) => (
  <Field {...props} type="password" autocomplete="new-password" minLength={10} />
);
