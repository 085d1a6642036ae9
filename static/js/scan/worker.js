// The service worker of the scan pages: keeps the page and all it loads, so that it opens without a line. Served behind `SHELL`
// {version, files}, which changes with every file. Scans and lists are the page's own (store.js) and never pass through a cache.

const NAME = `scan-${SHELL.version}`;
const PATIENCE = 4000; // ms a page waits for the line before the kept one is shown
const isPage = ({ pathname }) => /^\/s\/[^/]+\/$/.test(pathname);

/** Fill the new cache: every file, and the pages kept so far as they are now. */
async function install() {
  const cache = await caches.open(NAME);
  await cache.addAll(SHELL.files);
  for (const name of await caches.keys()) {
    for (const request of name.startsWith("scan-") && name !== NAME ? await (await caches.open(name)).keys() : []) {
      if (isPage(new URL(request.url))) await keepPage(request.url).catch(() => null);
    }
  }
  await self.skipWaiting();
}

/** The cache before this one stays: a page that is still open loads from it what it has not loaded yet. */
async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith("scan-") && name !== NAME);
  await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function keepPage(address) {
  const cache = await caches.open(NAME);
  const response = await fetch(address, { cache: "no-store", credentials: "same-origin" });
  if (response.ok) await cache.put(address, response);
  else if ([404, 410].includes(response.status)) await cache.delete(address);
}

async function page(request) {
  const cache = await caches.open(NAME);
  const kept = await caches.match(request.url);
  try {
    const response = await fetch(request, kept ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    if (response.ok) await cache.put(request.url, response.clone());
    if (response.status < 500 || !kept) return response;
  } catch (error) {
    if (!kept) throw error;
  }
  return kept;
}

async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(NAME)).put(request, response.clone());
  return response;
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && isPage(address)) event.respondWith(page(request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(file(request));
});
self.addEventListener("message", (event) => {
  if (!event.data?.keep) return;
  event.waitUntil(keepPage(event.data.keep).then(() => event.ports[0]?.postMessage("kept"), () => null));
});
