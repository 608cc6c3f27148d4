import type { Me } from "#contract";
import { PlaybookList } from "./playbook-list.tsx";
import { PlaybookPage } from "./playbook-page.tsx";

/** «Argumentarios»: the list, or the one that is open. */
export const PlaybooksPage = ({ me, open }: { me: Me; open: string }) =>
  open === "" ? <PlaybookList key="list" me={me} /> : <PlaybookPage key={open} me={me} id={open} />;
