// Keeps the pages of entry, and what they are drawn with, for when there is no network.
const NAME = "entry-2";
const isEntry = (path) => /^\/places\/[0-9a-f-]{36}\/(enter|tally)\/$/.test(path);
const isDrawing = (path) => path.startsWith("/static/");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    // Other areas keep their own pages: only what this one kept before is let go.
    for (const name of await caches.keys()) {
      if (name.startsWith("entry-") && name !== NAME) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

// What is kept is the page without anybody's name and without what they entered today:
// somebody else may hold the phone next.
async function keepBare(kept, request, found) {
  const text = await found.text();
  const bare = text
    .replace(/<section id="today"[^]*?<\/section>/, '<section id="today" data-today></section>')
    .replace(/<form class="who"[^]*?<\/form>/, "");
  const headers = { "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": found.headers.get("Content-Security-Policy") || "" };
  await kept.put(request, new Response(bare, { headers }));
}

// The first visit was fetched before this was there to keep it: the page asks for that.
self.addEventListener("message", (event) => {
  event.waitUntil((async () => {
    const kept = await caches.open(NAME);
    for (const address of event.data.keep) {
      const request = new Request(address);
      const found = await fetch(request);
      if (!found.ok || found.redirected) continue;
      if (isEntry(new URL(address).pathname)) await keepBare(kept, request, found);
      else await kept.put(request, found);
    }
    event.ports[0].postMessage("kept");
  })());
});

async function answer(request) {
  const kept = await caches.open(NAME);
  try {
    const found = await fetch(request);
    // A page to sign in on is not the page that was asked for.
    if (found.ok && !found.redirected) {
      if (isEntry(new URL(request.url).pathname)) await keepBare(kept, request, found.clone());
      else await kept.put(request, found.clone());
    }
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
