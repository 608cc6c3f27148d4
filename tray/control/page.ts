import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import type { Language } from "#contract";
import { texts } from "../texts/texts.ts";

const STYLE = `
:root{color-scheme:dark light;--ground:light-dark(#f1f3f5,#0a0d12);--card:light-dark(#fff,#12161d);--text:light-dark(#14181f,#eef1f5);
--soft:light-dark(#4a525e,#a7b0bd);--line:light-dark(#d9dee5,#262c36);--acc:light-dark(#1f56d0,#7aa2ff);--ok:light-dark(#0a6b45,#4fd39b);
--warn:light-dark(#8a5200,#f0b45a);--bad:light-dark(#b3261e,#ff8f88)}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--text);font:15px/22px system-ui,sans-serif}
main{max-width:560px;margin:0 auto;padding:32px 16px}h1{font-size:20px;line-height:26px;font-weight:620}
section{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:16px;margin:16px 0}
label{display:block;font-weight:620}input{display:block;width:100%;margin:8px 0;padding:11px 12px;font:inherit;font-size:16px;color:inherit;
background:var(--ground);border:1px solid var(--line);border-radius:8px}button{min-height:44px;padding:0 16px;border:0;border-radius:8px;font:inherit;
font-weight:620;background:var(--acc);color:var(--ground);cursor:pointer}button:disabled{opacity:.5}
:focus-visible{outline:2px solid var(--acc);outline-offset:2px}p{margin:8px 0;color:var(--soft)}ul{list-style:none;margin:0;padding:0}
li{padding:12px 0 12px 28px;position:relative;border-top:1px solid var(--line)}li:first-child{border:0}
li::before{position:absolute;left:2px}li.ok::before{content:"✓";color:var(--ok)}li.warn::before{content:"!";color:var(--warn);font-weight:700}
li.fail::before{content:"✗";color:var(--bad)}small{display:block;font-size:13px;color:var(--soft)}[hidden]{display:none}`;

/** Takes the ticket out of the address at once, so that no history keeps it. */
const SCRIPT = `
const ticket = location.hash.slice(1) || sessionStorage.getItem("ticket") || "";
sessionStorage.setItem("ticket", ticket);
history.replaceState(null, "", location.pathname);
const $ = (id) => document.getElementById(id);
const ask = async (method, path, body) => {
  const headers = { authorization: "Bearer " + ticket, "content-type": "application/json" };
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  if (response.status === 401) { $("expired").hidden = false; $("examined").hidden = $("pairing").hidden = true; }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail + " " + answer.hint);
  return answer;
};
const showPairing = ({ paired }) => { $("pairing").hidden = paired; };
let newest = 0;
const examine = async () => {
  const run = ++newest;
  $("again").disabled = true; $("busy").hidden = false; $("findings").replaceChildren();
  try {
    const { findings } = await ask("GET", "/doctor");
    if (run !== newest) return;
    for (const { name, level, found, todo } of findings) {
      const item = document.createElement("li"); item.className = level; item.textContent = name + ": " + found;
      if (todo) { const small = document.createElement("small"); small.textContent = todo; item.append(small); }
      $("findings").append(item);
    }
  } catch (error) { $("error").textContent = error.message; }
  $("again").disabled = false; $("busy").hidden = true;
};
$("pairing").addEventListener("submit", async (event) => {
  event.preventDefault();
  try { showPairing(await ask("POST", "/pair", { code: $("code").value.trim() })); $("error").textContent = ""; $("paired").hidden = false; await examine(); }
  catch (error) { $("error").textContent = error.message; $("code").select(); }
});
$("again").addEventListener("click", examine);
ask("GET", "/pair").then(showPairing, () => {});
examine();`;

/** The tray's own page: pairing with a code, and what the doctor finds. It holds nothing; its script asks. */
export function localPage(c: Context, language: Language): Response {
  const { localPage: t } = texts[language];
  const nonce = randomBytes(16).toString("base64");
  c.header(
    "content-security-policy",
    `default-src 'none'; connect-src 'self'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`,
  );
  c.header("cache-control", "no-store");
  c.header("referrer-policy", "no-referrer");
  return c.html(`<!doctype html><html lang="${language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${t.title}</title><style nonce="${nonce}">${STYLE}</style>
<main><h1>${t.title}</h1><p id="expired" hidden>${t.expired}</p><p id="paired" role="status" hidden>${t.paired}</p>
<section><form id="pairing" hidden><label for="code">${t.code}</label><input id="code" name="code" autocomplete="off" autofocus required maxlength="20">
<p>${t.codeWhy}</p><button>${t.pair}</button></form><p id="error" role="alert"></p>
<div id="examined"><ul id="findings"></ul><p id="busy" role="status">${t.examining}</p><button id="again" type="button" disabled>${t.again}</button></div>
</section></main><script type="module" nonce="${nonce}">${SCRIPT}</script></html>`);
}
