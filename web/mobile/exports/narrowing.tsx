import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AgentRow, ExportFilters, ExportKind } from "#contract";
import { json } from "../../api.ts";
import { exports as texts } from "../../i18n/exports.ts";
import { board } from "../../live.ts";
import { outcomeName } from "../../ui/disposition.tsx";
import { Choice } from "../../ui/field.tsx";
import { useOutcomes } from "../../ui/outcomes.ts";
import { useStore } from "../../ui/store.ts";

/** What an export is narrowed to, besides its days; what is missing narrows nothing. */
export type Narrowed = Pick<ExportFilters, "scope" | "agent" | "campaign" | "disposition">;

const ALL: (keyof Narrowed)[] = ["scope", "agent", "campaign", "disposition"];
/** Which of them count: figures are of all outcomes, and time has no campaign. */
const COUNT: Record<ExportKind, (keyof Narrowed)[]> = {
  calls: ALL,
  recordings: ALL,
  ai: ALL,
  agents: ["scope", "agent", "campaign"],
  time: ["scope", "agent"],
};

/** What of it counts for what is exported. */
export const narrowedFor = (kind: ExportKind, narrowed: Narrowed): Narrowed =>
  Object.fromEntries(COUNT[kind].flatMap((key) => (narrowed[key] ? [[key, narrowed[key]]] : [])));

const teamOf = (scope: string | undefined): string | null => /^team:(.+)$/.exec(scope ?? "")?.[1] ?? null;
const nameOfScope = (scope: string): string => scope.replace(/^(team|site):/, "");

/** The teams that the reader sees and that have agents, by name. */
export const teamsOf = (agents: AgentRow[]): string[] =>
  [...new Set(agents.map(({ team }) => team))].toSorted((a, b) => a.localeCompare(b));

/** The outcomes of a campaign by code, as people call them. */
export function useOutcomeNames(campaign: string | undefined): [code: string, name: string][] {
  const outcomes = useOutcomes({ campaign: campaign ?? null });
  return (outcomes ?? []).map(({ code, name, kind }) => [
    code,
    outcomeName({ disposition: code, dispositionName: name, dispositionKind: kind }),
  ]);
}

/** What it is narrowed to, in words: `Ventas Norte`, `Lucía Ferrer`, `Fibra`, `Venta`. */
export function narrowedWords(
  { scope, agent, campaign, disposition }: Narrowed,
  agents: AgentRow[],
  outcomes: [code: string, name: string][],
): string[] {
  return [
    scope && nameOfScope(scope),
    agent && (agents.find(({ id }) => id === agent)?.name ?? texts.gone),
    campaign,
    disposition && (outcomes.find(([code]) => code === disposition)?.[1] ?? disposition),
  ].filter((word): word is string => word !== undefined && word !== "");
}

/** Every campaign there is; none where no answer comes. */
function useCampaigns(): string[] {
  const [campaigns, setCampaigns] = useState<string[]>([]);
  useLayoutEffect(() => {
    json<{ items: string[] }>("GET", "/api/dispositions/campaigns").then(
      ({ items }) => setCampaigns(items),
      () => undefined,
    );
  }, []);
  return campaigns;
}

type Props = { kind: ExportKind; narrowed: Narrowed; change: (narrowed: Narrowed) => void };

/** Choices of whose and which rows; those among one are left out, and so are those that do not count. */
export const Narrowing = ({ kind, narrowed, change }: Props) => {
  const { agents } = useStore(board);
  const campaigns = useCampaigns();
  const outcomes = useOutcomeNames(narrowed.campaign);
  const { scope, agent, campaign, disposition } = narrowed;
  const team = teamOf(scope);
  const inTeam = agents.filter((one) => team === null || one.team === team);
  const teams = teamsOf(agents).map((name): [string, string] => [`team:${name}`, name]);
  const choices: Record<keyof Narrowed, { label: string; all: string; options: [string, string][] }> = {
    scope: { label: texts.scope, all: texts.allTeams, options: teams.length > 1 ? teams : [] },
    agent: {
      label: texts.agent,
      all: texts.everybody,
      options: inTeam.map(({ id, name }) => [id, name]),
    },
    campaign: {
      label: texts.campaign,
      all: texts.allCampaigns,
      options: campaigns.map((name) => [name, name]),
    },
    disposition: { label: texts.outcome, all: texts.allOutcomes, options: outcomes },
  };
  const words: Narrowed = {
    scope: scope && nameOfScope(scope),
    agent: agent && texts.gone,
    campaign,
    disposition,
  };
  const chosen = (key: keyof Narrowed, value: string): void => {
    const next = { ...narrowed, [key]: value || undefined };
    // who is not in the team, and what the campaign does not end with, would leave nothing
    if (key === "scope") next.agent = undefined;
    if (key === "campaign") next.disposition = undefined;
    change(next);
  };
  return (
    <div class="export-days" data-narrowing>
      {COUNT[kind].map((key) => {
        const { label, all, options } = choices[key];
        const value = narrowed[key] ?? "";
        const known = value === "" || options.some(([option]) => option === value);
        const offered: [string, string][] = known ? options : [[value, words[key] ?? value], ...options];
        return offered.length === 0 ? null : (
          <Choice
            key={`${key} ${value} ${offered.map(([option]) => option).join(" ")}`}
            name={key}
            label={label}
            value={value}
            options={[["", all], ...offered]}
            choose={(next) => chosen(key, next)}
          />
        );
      })}
    </div>
  );
};
