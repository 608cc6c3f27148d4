import { useState } from "hono/jsx/dom";
import type { PairingCode, User } from "#contract";
import { t } from "../i18n/index.ts";
import { copyText } from "../ui/clipboard.ts";
import { clockLength } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
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
        <h3>{t.admin.codeFor(agent.name)}</h3>
        <p class="soft sm">{t.admin.codeText}</p>
      </div>
      <div class="code" data-code={code.code}>{code.code}</div>
      <span class="tag soft">
        <Icon name="clock" small />
        {left > 0 ? t.admin.expires(clockLength(left)) : t.admin.expired}
      </span>
      <div class="h">
        <button type="button" class="btn primary" onClick={() => void copy()}>
          <Icon name="copy" small />
          {copied ? t.copied : t.copy}
        </button>
        <button type="button" class="btn" onClick={another}>{t.admin.another}</button>
      </div>
      <p class={`live${connected ? "" : " wait"}`} role="status">
        {connected ? t.admin.connected : t.admin.waiting(agent.name)}
      </p>
    </div>
  );
};
