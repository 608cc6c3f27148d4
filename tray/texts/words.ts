/** A name within a line: `Comida` is `comida` there; `IT` stays as it is. */
export const uncapitalised = (name: string): string =>
  /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
