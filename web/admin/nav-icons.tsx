import { Drawing } from "../ui/icon.tsx";

const paths = {
  box: '<rect x="3" y="4.500" width="18" height="5" rx="1.500"/><path d="M5 9.500V20h14V9.500M9.500 13h5"/>',
  key: '<circle cx="8" cy="15.500" r="4.500"/><path d="M11.500 12L20 3.500M16 7.500l3 3"/>',
  list: '<path d="M9 6h11M9 12h11M9 18h11M4 6h.1M4 12h.1M4 18h.1"/>',
  shield: '<path d="M12 3.500l7 2.500v5.500c0 4-3 7-7 9-4-2-7-5-7-9V6z"/>',
} as const;

/** Drawings of administration's further screens. */
export const navIcons = {
  Box: () => <Drawing inside={paths.box} />,
  Key: () => <Drawing inside={paths.key} />,
  List: () => <Drawing inside={paths.list} />,
  Shield: () => <Drawing inside={paths.shield} />,
};
