import { Drawing } from "./icon.tsx";

const THUMB =
  "M7 10.5V20H4v-9.5zM7 11l4-7.5c1.7 0 2.6 1.2 2.3 2.8l-.6 3.2h5.2c1.5 0 2.5 1.3 2.1 2.7l-1.7 6c-.3 1.1-1.2 1.8-2.3 1.8H7";
const paths = {
  bell: '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4"/>',
  copy: '<rect x="8" y="8" width="12" height="12" rx="2.5"/><path d="M16 8V6.5A2.5 2.5 0 0 0 13.5 4h-7A2.5 2.5 0 0 0 4 6.5v7A2.5 2.5 0 0 0 6.5 16H8"/>',
  search: '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>',
  forward: '<path d="M19.5 9a8.2 8.2 0 1 0 .5 4.5M20 4.5V9h-4.5"/>',
  play: '<path class="f" d="M8 5.2v13.6c0 .8.8 1.2 1.5.8l10.3-6.8c.6-.4.6-1.2 0-1.6L9.5 4.4C8.8 4 8 4.4 8 5.2z"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  remove: '<path d="M5 7h14M10 4h4M7 7l1 13h8l1-13"/>',
  thumbUp: `<path d="${THUMB}"/>`,
  upload: '<path d="M12 15V4M7 8.5L12 4l5 4.500M4 20h16"/>',
  thumbDown: `<path transform="rotate(180 12 12)" d="${THUMB}"/>`,
} as const;

export type MoreIconName = keyof typeof paths;

/** Drawings that the board's first load does not carry. */
export const MoreIcon = ({ name, small, tone }: { name: MoreIconName; small?: boolean; tone?: string }) => (
  <Drawing inside={paths[name]} small={small} tone={tone} />
);
