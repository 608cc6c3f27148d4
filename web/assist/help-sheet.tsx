import { useRef } from "hono/jsx/dom";
import type { Me } from "#contract";
import { assist, loadAssistTexts } from "../i18n/assist.ts";
import { Sheet } from "../ui/sheet.tsx";
import { Assist } from "./assist.tsx";

// whoever opens the sheet waits for this module, so its words are there with it
await loadAssistTexts();

/** The copilot over another page: the same panel, from below on a phone, a drawer on a desk. */
export const HelpSheet = ({ me, onClose }: { me: Me; onClose: () => void }) => {
  const place = useRef<HTMLDivElement>(null);
  return (
    <Sheet side label={assist.title} onClose={onClose}>
      <div ref={place} class="help">
        <Assist me={me} close={() => place.current?.closest("dialog")?.close()} />
      </div>
    </Sheet>
  );
};
