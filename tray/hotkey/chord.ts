/** What the hook tells of a key, reduced to what the chord needs. */
export type Key = {
  keycode: number;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  metaKey: boolean;
};

/** The physical key A of a US keyboard (libuiohook's VC_A). */
export const KEY_A = 30;

/**
 * Recognises Ctrl and one key, alone, once a press: a held key repeats its key-downs. It keeps one boolean.
 * AltGr counts as Alt, also where Windows sends it as Ctrl and Alt together.
 */
export class Chord {
  readonly #keycode: number;
  #held = false;

  constructor(keycode: number) {
    this.#keycode = keycode;
  }

  /** True when this key-down completes the chord. */
  down(key: Key): boolean {
    if (key.keycode !== this.#keycode) return false;
    const first = !this.#held;
    this.#held = true;
    return first && key.ctrlKey && !key.shiftKey && !key.altKey && !key.metaKey;
  }

  up(key: Pick<Key, "keycode">): void {
    if (key.keycode === this.#keycode) this.#held = false;
  }
}
