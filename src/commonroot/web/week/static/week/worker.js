// Keeps one's week, and what it is drawn with, for the day on which its reader asked for it.
const NAME = "week-1";
const DAY = "X-Kept-Day";
const isDrawing = (path) => path.startsWith("/static/");
const today = () => new Date().toLocaleDateString("sv");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const DRAWN = /(?:href|src)="(\/static\/[^"]+\.(?:css|js))"/g;

// A page is kept with what it is drawn with and the scripts that wait for a network.
async function keep(kept, address, day) {
  const found = await fetch(new Request(address, { cache: "no-store" }));
  if (!found.ok || found.redirected) throw new Error(address);
  if ((found.headers.get("Content-Type") || "").includes("html")) {
    for (const [, drawn] of (await found.clone().text()).matchAll(DRAWN)) {
      if (!(await kept.match(drawn))) await keep(kept, drawn, day);
    }
  }
  const headers = new Headers();
  for (const name of ["Content-Type", "Content-Security-Policy"]) {
    const value = found.headers.get(name);
    if (value) headers.set(name, value);
  }
  headers.set(DAY, day);
  await kept.put(address, new Response(await found.blob(), { headers }));
}

async function drop() {
  await caches.delete(NAME);
}

self.addEventListener("message", (event) => {
  const told = event.data, line = event.ports[0];
  event.waitUntil((async () => {
    await drop();
    if (told.keep) {
      const kept = await caches.open(NAME);
      try {
        for (const address of told.keep) await keep(kept, address, today());
      } catch (failure) {
        await drop();
        line.postMessage("failed");
        return;
      }
    }
    line.postMessage(told.keep ? "kept" : "gone");
  })());
});

// The network first; what was kept only without one, and only on its own day.
async function answer(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await caches.match(request, { cacheName: NAME, ignoreVary: true });
    if (!kept) throw failure;
    if (kept.headers.get(DAY) !== today()) {
      await drop();
      throw failure;
    }
    return kept;
  }
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const isOurs = address.origin === self.location.origin;
  if (event.request.method !== "GET" || !isOurs) return;
  if (event.request.mode === "navigate" || isDrawing(address.pathname)) {
    event.respondWith(answer(event.request));
  }
});
