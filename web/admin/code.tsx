import { useState } from "hono/jsx/dom";
import type { PairingCode, User } from "#contract";
import { t } from "../i18n/index.ts";
import { office } from "../i18n/office.ts";
import { copyText } from "../ui/clipboard.ts";
import { clockLength } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { MoreIcon } from "../ui/more-icons.tsx";
import { useNow } from "../ui/now.ts";

type Props = { agent: User; code: PairingCode; connected: boolean; another: () => void };

/** A pairing code, large, with the time that it has left. */
export const Code = ({ agent, code, connected, another }: Props) => {
  const [copied, setCopied] = useState(false);
  const left = (Date.parse(code.expiresAt) - useNow()) / 1000;
  const copy = async (): Promise<void> => {
    await copyText(code.code);
    setCopied(true);
  };
  return (
    <div class="hero">
      <div>
        <h3>{office.admin.codeFor(agent.name)}</h3>
        <p class="soft sm">{office.admin.codeText}</p>
        <p class="command">{office.admin.command(code.code)}</p>
      </div>
      <div class="code" data-code={code.code}>
        {code.code}
      </div>
      <span class="tag soft">
        <Icon name="clock" small />
        {left > 0 ? office.admin.expires(clockLength(left)) : office.admin.expired}
      </span>
      <div class="h">
        <button type="button" class="btn primary" onClick={() => void copy()}>
          <MoreIcon name="copy" small />
          {copied ? t.copied : t.copy}
        </button>
        <button type="button" class="btn" onClick={another}>
          {office.admin.another}
        </button>
      </div>
      <p class={`live${connected ? "" : " wait"}`} role="status">
        {connected ? office.admin.connected : office.admin.waiting(agent.name)}
      </p>
    </div>
  );
};
