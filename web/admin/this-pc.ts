import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Language } from "#contract";
import { api } from "../api.ts";

/** What the tray of this PC says of itself. */
export type ThisPc = { paired: boolean; device: string };

/** The tray of the PC on which this page is open. */
const TRAY = "http://127.0.0.1:5055/pair";
const PATIENCE_MS = 1500;

async function askTray(): Promise<ThisPc | null> {
  try {
    const response = await fetch(TRAY, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.ok ? ((await response.json()) as ThisPc) : null;
  } catch {
    // no tray here, which is the usual case: the code is the way then
    return null;
  }
}

/** The tray that runs on this PC, so that one click can pair it; null when there is none. */
export function useThisPc(): ThisPc | null {
  const [tray, setTray] = useState<ThisPc | null>(null);
  useLayoutEffect(() => {
    void askTray().then(setTray);
  }, []);
  return tray;
}

/**
 * Gives this PC's tray a code of its own for that agent.
 * @throws when the tray refuses it, or does not answer
 */
export async function pairThisPc(userId: string, language: Language): Promise<void> {
  const { code } = await api.pairingCode(userId);
  const headers = { "content-type": "application/json", "accept-language": language };
  const response = await fetch(TRAY, { method: "POST", headers, body: JSON.stringify({ code }) });
  if (!response.ok) throw new Error(`the tray answered ${response.status}`);
}
