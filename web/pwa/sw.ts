// The service worker: the board's shell opens without the server. It never keeps an answer of /api.

/** What the build puts in place: the shell's files, and a name that changes with any of them. */
declare const SHELL: { version: string; files: string[] };
// the types of workers and those of pages exclude one another
type Lasting = Event & { waitUntil(work: Promise<unknown>): void };
type Claiming = { clients: { claim(): Promise<void> } };
type Asked = Event & { request: Request; respondWith(answer: Promise<Response>): void };

/** How long a bad network may keep the reader waiting for a page that is already here. */
const PATIENCE_MS = 4000;

addEventListener("install", (event) => (event as Lasting).waitUntil(keep()));
addEventListener("activate", (event) => (event as Lasting).waitUntil(dropOlder()));
addEventListener("fetch", (event) => {
  const { request } = event as Asked;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== "GET" || !SHELL.files.includes(pathname)) return;
  const hashed = pathname.startsWith("/assets/");
  (event as Asked).respondWith(
    hashed ? kept(pathname).then((file) => file ?? fetch(request)) : newest(request, pathname),
  );
});

async function keep(): Promise<void> {
  const cache = await caches.open(SHELL.version);
  await cache.addAll(
    SHELL.files.map((path) => new Request(path, path.startsWith("/assets/") ? {} : { cache: "no-cache" })),
  );
}

// pages of the older version are closed by now, so nothing asks for its files any more
async function dropOlder(): Promise<void> {
  for (const name of await caches.keys()) if (name !== SHELL.version) await caches.delete(name);
  // the page that brought this worker is its own from now on, so that the next version waits for it too
  await (self as unknown as Claiming).clients.claim();
}

const kept = async (path: string): Promise<Response | undefined> =>
  (await caches.open(SHELL.version)).match(path);

/** The server's own while it answers in time, so that nobody reads an old page by accident. */
async function newest(request: Request, path: string): Promise<Response> {
  const asked = fetch(request);
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const answer = await Promise.race([asked, patience]).catch(() => null);
  if (answer && answer.status < 500) return answer;
  return (await kept(path)) ?? answer ?? asked;
}
