import { useState } from "hono/jsx/dom";
import type { PairingCode, Problem, User } from "#contract";
import { api, problemOf } from "../api.ts";
import { language } from "../i18n/index.ts";
import { office } from "../i18n/office.ts";
import { board } from "../live.ts";
import { initials } from "../ui/format.ts";
import { useStore } from "../ui/store.ts";
import { Trouble } from "../ui/trouble.tsx";
import { Code } from "./code.tsx";
import { usePeople } from "./people.tsx";
import { pairThisPc, useThisPc } from "./this-pc.ts";

type Work = "rest" | "busy" | "failed" | "done";

/** One click that pairs the PC on which this page is open. */
const ThisPc = ({ agent, done }: { agent: User; done: () => void }) => {
  const [work, setWork] = useState<Work>("rest");
  const pair = async (): Promise<void> => {
    setWork("busy");
    try {
      await pairThisPc(agent.id, language);
      setWork("done");
      done();
    } catch (error) {
      console.warn("pairing this PC failed", error);
      setWork("failed");
    }
  };
  return (
    <>
      <button
        type="button"
        class="btn primary"
        disabled={work === "busy"}
        data-pair={agent.id}
        onClick={() => void pair()}
      >
        {work === "busy" ? office.admin.connecting : office.admin.connectThis}
      </button>
      {work === "failed" ? (
        <p class="sm bad" role="alert">
          {office.admin.pairFailed}
        </p>
      ) : null}
    </>
  );
};

type RowProps = { agent: User; connected: boolean; trayHere: boolean; getCode: () => void; done: () => void };

const Row = ({ agent, connected, trayHere, getCode, done }: RowProps) => (
  <li class="wrap" data-agent={agent.id}>
    <span class="av" aria-hidden="true">
      {initials(agent.name)}
    </span>
    <span class="grow">
      <span class="b cut">{agent.name}</span>
      <span class="sm soft cut">{agent.team}</span>
    </span>
    {connected ? (
      <span key="done" class="tag pill ok" role="status">
        {office.admin.connected}
      </span>
    ) : (
      <span key="ways" class="h ways">
        <button type="button" class="btn" data-code={agent.id} onClick={getCode}>
          {office.admin.getCode}
        </button>
        {trayHere ? <ThisPc agent={agent} done={done} /> : null}
      </span>
    )}
  </li>
);

/** The agents' PCs: a code for each, or one click for this one. */
export const Pairing = () => {
  const { users } = usePeople();
  const live = useStore(board);
  const tray = useThisPc();
  const [paired, setPaired] = useState<string[]>([]);
  const [shown, setShown] = useState<{ agent: User; code: PairingCode } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const agents = (users ?? []).filter(({ role, active }) => role === "agent" && active);
  const isConnected = (id: string): boolean =>
    paired.includes(id) || live.agents.some((row) => row.id === id && row.state !== "offline");
  const getCode = async (agent: User): Promise<void> => {
    try {
      setShown({ agent, code: await api.pairingCode(agent.id) });
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <section class="card flush" id="pc">
      <header>
        <h2>{office.admin.pcs}</h2>
      </header>
      {users && agents.length === 0 ? <p class="nothing">{office.admin.noAgents}</p> : null}
      {problem ? (
        <div class="nothing">
          <Trouble problem={problem} />
        </div>
      ) : null}
      {tray?.paired ? <p class="nothing sm">{office.admin.thisPcPaired(tray.device)}</p> : null}
      {shown ? (
        <Code
          key={shown.code.code}
          agent={shown.agent}
          code={shown.code}
          connected={isConnected(shown.agent.id)}
          another={() => void getCode(shown.agent)}
        />
      ) : null}
      <ul class="rows">
        {agents.map((agent) => (
          <Row
            key={agent.id}
            agent={agent}
            trayHere={tray !== null && !tray.paired}
            connected={isConnected(agent.id)}
            getCode={() => void getCode(agent)}
            done={() => setPaired([...paired, agent.id])}
          />
        ))}
      </ul>
    </section>
  );
};
