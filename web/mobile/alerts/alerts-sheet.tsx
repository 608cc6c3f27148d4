import type { AlertKind, AlertLimits, Alerts } from "#contract";
import { team } from "../../i18n/team.ts";
import { count } from "../../ui/format.ts";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { mute } from "./watch.ts";

const limitOf: Partial<Record<AlertKind, keyof AlertLimits>> = {
  long_call: "on_call",
  long_wait: "available",
  long_wrap_up: "wrap_up",
  long_pause: "paused",
};

/** From when an alert is told, in words; empty where it has no limit. */
function limitWords(kind: AlertKind, limits: AlertLimits): string {
  const state = limitOf[kind];
  if (state === undefined) return "";
  const { warn, bad } = limits[state];
  if (warn !== null && bad !== null) return team.notices.fromThen(count(warn), count(bad));
  const only = warn ?? bad;
  return only === null ? "" : team.notices.from(count(only));
}

/** «Avisos»: what this person wants to be told of. */
export const AlertsSheet = ({ settings, onClose }: { settings: Alerts; onClose: () => void }) => {
  const { busy, problem, work } = useWork();
  const { muted, limits } = settings;
  return (
    <Sheet side label={team.notices.sheet} onClose={onClose}>
      <div class="h">
        <h1 class="grow">{team.notices.sheet}</h1>
        <CloseButton />
      </div>
      <p class="sm soft">{team.notices.sheetText}</p>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      <div key="kinds">
        {(Object.keys(team.notices.kinds) as AlertKind[]).map((kind) => (
          <Switch
            key={`${kind} ${muted.includes(kind)}`}
            name={kind}
            label={team.notices.kinds[kind]}
            hint={limitWords(kind, limits)}
            checked={!muted.includes(kind)}
            disabled={busy}
            toggle={(on) =>
              void work(() => mute(on ? muted.filter((one) => one !== kind) : [...muted, kind]))
            }
          />
        ))}
      </div>
    </Sheet>
  );
};
