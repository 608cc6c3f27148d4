import type { FC } from "hono/jsx/dom";
import { loadRecordingTexts, recordings as texts } from "../../i18n/recordings.ts";
import { count } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { library } from "../recordings/api.ts";
import { commentsIn } from "../recordings/news.ts";
import "./news.css";

// the line comes with its words
await loadRecordingTexts();

/** How many comments on the own recordings one has not seen yet, as the way to them; null without any. */
export async function newsOf(): Promise<FC | null> {
  const marks = await library.unseen();
  const comments = commentsIn(marks);
  if (comments === 0) return null;
  const [first, ...others] = new Set(marks.map(({ callId }) => callId));
  const href = others.length > 0 ? "#grabaciones?marked=1" : `#grabaciones/${first ?? ""}`;
  return () => (
    <a class="btn news" href={href} data-news={comments}>
      {texts.newComments(count(comments))}
      <Icon name="next" small />
    </a>
  );
}
