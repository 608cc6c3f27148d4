import { useLayoutEffect, useState } from "hono/jsx/dom";
import type {
  Backups,
  Capacity,
  Disposition,
  HeldRecording,
  Me,
  Page,
  Problem,
  Retention,
  TrashedRecording,
} from "#contract";
import { problemOf } from "../../api.ts";
import { keeping } from "../../i18n/keeping.ts";
import { Header } from "../../ui/header.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { keepingApi } from "./api.ts";
import { BackupList } from "./backup-list.tsx";
import { Space } from "./capacity.tsx";
import "./keeping.css";
import { Holds, Trash } from "./kept-list.tsx";
import { Rules } from "./rules.tsx";

/** All of it at once, so that nothing moves. */
type First = {
  retention: Retention;
  outcomes: Disposition[];
  backups: Backups;
  holds: Page<HeldRecording>;
  trash: Page<TrashedRecording>;
};

/** «Conservación»: how long recordings are kept and as what, the room they take, the trash, the backups. */
export const KeepingPage = ({ me }: { me: Me }) => {
  const [first, setFirst] = useState<First | null>(null);
  const [capacity, setCapacity] = useState<Capacity | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fail = (error: unknown): void => setProblem(problemOf(error));
  const measure = (): void => void keepingApi.capacity().then(setCapacity, fail);
  useLayoutEffect(() => {
    const load = async (): Promise<void> => {
      const [retention, { items: outcomes }, backups, holds, trash, space] = await Promise.all([
        keepingApi.retention(),
        keepingApi.outcomes(),
        keepingApi.backups(),
        keepingApi.holds(),
        keepingApi.trash(),
        keepingApi.capacity(),
      ]);
      setCapacity(space);
      setFirst({ retention, outcomes, backups, holds, trash });
    };
    load().catch(fail);
  }, []);
  return (
    <>
      <Header me={me} title={keeping.title} />
      <main aria-busy={String(first === null && problem === null)}>
        {problem ? <Trouble key="problem" problem={problem} /> : null}
        {first && capacity ? (
          <div key="parts" class="cols even">
            <div class="column">
              <Rules first={first.retention} outcomes={first.outcomes} changed={measure} />
              <Holds first={first.holds} me={me} changed={measure} />
            </div>
            <div class="column">
              <Space capacity={capacity} />
              <Trash first={first.trash} me={me} changed={measure} />
              <BackupList first={first.backups} me={me} />
            </div>
          </div>
        ) : null}
      </main>
    </>
  );
};
