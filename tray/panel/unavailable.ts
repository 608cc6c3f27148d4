import type { Language } from "#contract";
import { texts } from "../texts/texts.ts";

/** A page of its own, as an address, for when the server's page cannot be reached. Esc hides it like the real one. */
export function unavailablePage(language: Language, why: "unreachable" | "unpaired"): string {
  const { panelUnavailable } = texts[language];
  const html = `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>CallManager</title>
<style>body{font:16px/1.5 system-ui;margin:3rem 2rem;background:#14161a;color:#e8e8ea}h1{font-size:20px}</style>
<h1>${panelUnavailable.title}</h1><p>${panelUnavailable[why]}</p>
<script>addEventListener("keydown",e=>{if(e.key==="Escape")window.callmanagerHide?window.callmanagerHide(""):close()})</script>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}
