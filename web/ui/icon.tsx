const CLOCK = '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>';
const paths = {
  ai: '<path class="f" d="M12 2.5c.8 5.3 3.4 8.2 9 9.5-5.6 1.3-8.2 4.2-9 9.5-.8-5.3-3.4-8.2-9-9.5 5.6-1.3 8.2-4.2 9-9.5z"/>',
  back: '<path d="M4.5 9A8.2 8.2 0 1 1 4 13.5M4 4.5V9h4.5"/>',
  book: '<path d="M5 4h14v16H5zM9 9h6M9 13h6"/>',
  check: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  clock: CLOCK,
  close: '<path d="M6 6l12 12M18 6L6 18"/>',
  day: CLOCK,
  down: '<path d="M6 9.5l6 6 6-6"/>',
  download: '<path d="M12 4v11M7 10.5l5 5 5-5M4 20h16"/>',
  eye: '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
  headset:
    '<path d="M4 14v-2a8 8 0 0 1 16 0v2"/><rect x="3" y="13.5" width="4.5" height="7" rx="2"/><rect x="16.5" y="13.5" width="4.5" height="7" rx="2"/>',
  language:
    '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c5 5.5 5 12.5 0 18M12 3c-5 5.5-5 12.5 0 18"/>',
  more: '<circle class="f" cx="5" cy="12" r="1.7"/><circle class="f" cx="12" cy="12" r="1.7"/><circle class="f" cx="19" cy="12" r="1.7"/>',
  next: '<path d="M9.5 6l6 6-6 6"/>',
  none: '<circle cx="12" cy="12" r="8"/><path d="M6.5 17.5l11-11"/>',
  panel: '<path d="M4 20V11M10 20V4M16 20v-7M21 20H3"/>',
  pause: '<path d="M8.5 5v14M15.5 5v14" stroke-width="3"/>',
  pencil: '<path d="M14.5 5.5l4 4L8 20H4v-4z"/>',
  phone:
    '<path class="f" d="M6.6 3.3l2.2-.5c.6-.1 1.1.2 1.3.7l1.1 2.7c.2.5 0 1-.3 1.3L9.3 8.9c1.1 2.3 3 4.3 5.6 5.7l1.5-1.6c.4-.4.9-.5 1.3-.3l2.7 1.2c.5.2.8.7.7 1.3l-.5 2.2c-.3 1.4-1.5 2.3-2.9 2.2C10.5 19.1 4.9 13.4 4.4 6.2c-.1-1.4.8-2.6 2.2-2.9z"/>',
  ready: '<circle cx="12" cy="12" r="8"/><path d="M8.5 12.2l2.5 2.5 4.5-5"/>',
  settings:
    '<path d="M4 7h10M18 7h2M4 17h2M10 17h10"/><circle cx="16" cy="7" r="2"/><circle cx="8" cy="17" r="2"/>',
  signOut: '<path d="M14 4H6v16h8M10 12h11M17 8l4 4-4 4"/>',
  team: '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6M16 4.8a3.4 3.4 0 0 1 0 6.4M18.5 14.6c1.8.8 2.8 2.6 3 5.4"/>',
  theme:
    '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>',
  trend: '<path d="M3 17l6-6 4 4 8-9M15 6h6v6"/>',
  up: '<path class="f" d="M12 4l10 16H2z"/>',
  voices: '<path d="M3 10v4M7 6v12M11 9v6M15 4v16M19 8v8"/>',
  warning: '<path d="M12 4L2.8 20h18.4zM12 10v4.5M12 17.3v.1"/>',
} as const;

export type IconName = keyof typeof paths;

type Look = { small?: boolean | undefined; tone?: string | undefined };

/** A drawing of 24 units from the inside of its SVG. */
export const Drawing = ({ inside, small, tone }: Look & { inside: string }) => (
  <svg
    class={`i${small ? " s" : ""}${tone ? ` ${tone}` : ""}`}
    viewBox="0 0 24 24"
    aria-hidden="true"
    dangerouslySetInnerHTML={{ __html: inside }}
  />
);

/** One of the pages' drawings; what it means must stand beside it in words. */
export const Icon = ({ name, ...look }: Look & { name: IconName }) => (
  <Drawing inside={paths[name]} {...look} />
);
