import { Drawing } from "./icon.tsx";

const THUMB =
  "M7 10.5V20H4v-9.5zM7 11l4-7.5c1.7 0 2.6 1.2 2.3 2.8l-.6 3.2h5.2c1.5 0 2.5 1.3 2.1 2.7l-1.7 6c-.3 1.1-1.2 1.8-2.3 1.8H7";
const paths = {
  bell: '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4"/>',
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
