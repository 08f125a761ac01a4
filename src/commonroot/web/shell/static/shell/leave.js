// Where nobody is signed in, no page that somebody kept on this device stays: a week holds
// the words of visits. What waits to be sent stays for whoever wrote it, and the page of
// entry holds nobody's words.
(async () => {
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) {
    if (!name.startsWith("entry-")) await caches.delete(name);
  }
})();
