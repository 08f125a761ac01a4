// Keeps the pages of entry, and what they are drawn with, for when there is no network.
const NAME = "entry-1";
const isEntry = (path) => /^\/places\/[0-9a-f-]{36}\/(enter|tally)\/$/.test(path);
const isDrawing = (path) => path.startsWith("/static/");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

async function answer(request) {
  const kept = await caches.open(NAME);
  try {
    const found = await fetch(request);
    // A page to sign in on is not the page that was asked for.
    if (found.ok && !found.redirected) await kept.put(request, found.clone());
    return found;
  } catch (problem) {
    const earlier = await kept.match(request);
    if (earlier) return earlier;
    throw problem;
  }
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (isEntry(address.pathname) || isDrawing(address.pathname)) {
    event.respondWith(answer(event.request));
  }
});
