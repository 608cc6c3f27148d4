import { Drawing } from "../../ui/icon.tsx";

const paths = {
  card: '<rect x="3" y="5.5" width="18" height="13" rx="2.5"/><path d="M3 10h18"/>',
  flag: '<path d="M6 21V4h12l-3 4.5 3 4.5H6"/>',
  lock: '<rect x="5" y="10.500" width="14" height="9.500" rx="2"/><path d="M8 10.500V8a4 4 0 0 1 7.500-2"/>',
  locked:
    '<rect class="f" x="5" y="10.500" width="14" height="9.500" rx="2"/><path d="M8 10.500V8a4 4 0 0 1 8 0v2.500"/>',
  scissors:
    '<circle cx="6" cy="6.5" r="2.5"/><circle cx="6" cy="17.5" r="2.5"/><path d="M8 8l12 9M8 16l12-9"/>',
  shield: '<path d="M12 3.5l7 2.5v5.500c0 4-3 7-7 9-4-2-7-5-7-9V6z"/>',
  keys: '<rect x="2.5" y="6" width="19" height="12" rx="2.5"/><path d="M6.5 10h.1M10 10h.1M13.500 10h.1M17 10h.1M8 14h8"/>',
  skip: '<path d="M3 9v6M6.500 7v10M10 12h3M17 7v10M20.500 9v6"/><path d="M11.500 8.500L15 12l-3.500 3.500"/>',
  star: '<path d="M12 4l2.5 5.2 5.5.8-4 4 1 5.6-5-2.7-5 2.7 1-5.6-4-4 5.5-.8z"/>',
} as const;

/** Drawings that only the library needs. */
export const LibraryIcon = ({ name, small }: { name: keyof typeof paths; small?: boolean }) => (
  <Drawing inside={paths[name]} small={small} />
);
