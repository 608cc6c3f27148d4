import type {
  Clip,
  ClipInput,
  Hold,
  Job,
  LibraryFilter,
  Listener,
  Mark,
  Marks,
  Page,
  RecordingStats,
  SavedFilter,
  UnseenMarks,
} from "#contract";
import { json, request } from "../../api.ts";

type NewMark = Pick<Mark, "id" | "kind" | "atMs" | "text">;
const of = (callId: string): string => `/api/recordings/${callId}`;

/** The server's routes of the library, which no page needs at first. */
export const library = {
  stats: () => json<RecordingStats>("GET", "/api/recordings/stats"),
  marks: (callId: string) => json<Marks>("GET", `${of(callId)}/marks`),
  mark: (callId: string, mark: NewMark) => json<Mark>("POST", `${of(callId)}/marks`, mark),
  changeMark: (callId: string, id: string, text: string) =>
    json<Mark>("PATCH", `${of(callId)}/marks/${id}`, { text }),
  unmark: (callId: string, id: string) => request("DELETE", `${of(callId)}/marks/${id}`),
  seen: (callId: string) => request("POST", `${of(callId)}/marks/seen`),
  unseen: async () => (await json<UnseenMarks>("GET", "/api/recordings/marks/unseen")).items,
  clips: () => json<Page<Clip>>("GET", "/api/clips?limit=200"),
  clip: (callId: string, clip: ClipInput) => json<Clip>("POST", `${of(callId)}/clips`, clip),
  unclip: (id: string) => request("DELETE", `/api/clips/${id}`),
  filters: async () => (await json<{ items: SavedFilter[] }>("GET", "/api/filters")).items,
  saveFilter: ({ id, name, filter }: SavedFilter) =>
    json<SavedFilter>("PUT", `/api/filters/${id}`, { name, filter }),
  forgetFilter: (id: string) => request("DELETE", `/api/filters/${id}`),
  zip: (filter: LibraryFilter) => json<Job>("POST", "/api/recordings/zip", { filter }),
  hold: (callId: string, why: string) => json<Hold>("POST", `${of(callId)}/hold`, { why }),
  release: (callId: string) => request("DELETE", `${of(callId)}/hold`),
  listeners: async (callId: string) =>
    (await json<{ items: Listener[] }>("GET", `${of(callId)}/listeners`)).items,
  trash: (callId: string) => request("DELETE", of(callId)),
  restore: (callId: string) => request("POST", `${of(callId)}/restore`),
};

/** Where a clip is played from. */
export const clipUrl = (id: string): string => `/api/clips/${id}/audio`;
