import type {
  CardContent,
  CardHistory,
  CopilotSettings,
  ImportResult,
  Language,
  Page,
  Playbook,
  PlaybookContent,
  PlaybookSummary,
  Pull,
  SearchTried,
  Team,
  WordErrors,
} from "#contract";
import { json, queryString, request } from "../api.ts";

/** A change of a playbook: its content, and whether it is used. */
export type PlaybookChange = Partial<PlaybookContent> & { active?: boolean; main?: boolean };

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const cardPath = (playbookId: string, cardId: string): string =>
  `/api/playbooks/${playbookId}/cards/${cardId}`;

/** The server's routes that only administration uses. */
export const adminApi = {
  settings: () => json<CopilotSettings>("GET", "/api/copilot/settings"),
  holdOut: (holdOut: boolean) => json<CopilotSettings>("PUT", "/api/copilot/settings", { holdOut }),
  pull: (model: string) => json<Pull>("POST", "/api/copilot/pulls", { model }),
  stopPull: (model: string) => request("DELETE", `/api/copilot/pulls${queryString({ model })}`),

  /** All of them: what is not in sight cannot be governed. */
  teams: async (): Promise<Team[]> => {
    const all: Team[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page: Page<Team> = await json("GET", `/api/teams${queryString({ after })}`);
      all.push(...page.items);
      after = page.next;
    }
    return all;
  },
  listen: (id: string, listening: boolean) => json<Team>("PATCH", `/api/teams/${id}`, { listening }),
  wordErrors: () => json<WordErrors>("GET", "/api/transcripts/word-errors"),

  playbooks: () => json<Page<PlaybookSummary>>("GET", "/api/playbooks"),
  playbook: (id: string) => json<Playbook>("GET", `/api/playbooks/${id}`),
  addPlaybook: (input: PlaybookContent & { id: string }) => json<Playbook>("POST", "/api/playbooks", input),
  changePlaybook: (id: string, change: PlaybookChange) =>
    json<Playbook>("PATCH", `/api/playbooks/${id}`, change),
  /** `version` is the one that was edited, 0 for a card that is not there. */
  putCard: (playbookId: string, cardId: string, card: CardContent & { version: number }) =>
    json<Playbook>("PUT", cardPath(playbookId, cardId), card),
  removeCard: (playbookId: string, cardId: string) => json<Playbook>("DELETE", cardPath(playbookId, cardId)),
  history: (id: string) => json<Page<CardHistory>>("GET", `/api/playbooks/${id}/history`),
  /** Looks among the playbooks of a language, whatever the page's own is. */
  tryOut: (text: string, context: string, language: Language) =>
    json<SearchTried>("POST", "/api/playbooks/try", { text, context }, { language }),
  /** With `check` it only says what would change. */
  importFile: (file: File, check: boolean) => {
    const type = /\.xlsx$/i.test(file.name) ? XLSX : "application/yaml";
    const path = `/api/playbooks/import${queryString({ check: check ? "true" : undefined })}`;
    return json<ImportResult>("POST", path, new Blob([file], { type }));
  },
};

export const exportUrl = (id: string, format: "yaml" | "xlsx"): string =>
  `/api/playbooks/${id}/export?format=${format}`;
