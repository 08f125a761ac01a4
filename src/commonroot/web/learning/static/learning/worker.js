// Keeps the lists of check-in, and what they are drawn with, for when there is no network.
const NAME = "check-in-1";
const isList = (path) => /^\/workshop-sessions\/[0-9a-f-]{36}\/check-in\/$/.test(path);
const isDrawing = (path) => path.startsWith("/static/");
const DAY = 24 * 60 * 60 * 1000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("check-in-") && name !== NAME) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

async function keep(kept, address) {
  const found = await fetch(new Request(address, { cache: "no-store" }));
  if (!found.ok || found.redirected) return;
  const headers = new Headers({ "X-Kept-At": String(Date.now()) });
  for (const name of ["Content-Type", "Content-Security-Policy"]) {
    const value = found.headers.get(name);
    if (value) headers.set(name, value);
  }
  await kept.put(address, new Response(await found.blob(), { headers }));
}

self.addEventListener("message", (event) => {
  event.waitUntil((async () => {
    const kept = await caches.open(NAME);
    for (const address of event.data.keep) await keep(kept, address);
    event.ports[0].postMessage("kept");
  })());
});

// The network first; what was kept only without one, and for a day.
async function answer(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await caches.match(request, { cacheName: NAME, ignoreVary: true });
    if (!kept || Date.now() - Number(kept.headers.get("X-Kept-At")) > DAY) throw failure;
    return kept;
  }
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (isList(address.pathname) || isDrawing(address.pathname)) event.respondWith(answer(event.request));
});
