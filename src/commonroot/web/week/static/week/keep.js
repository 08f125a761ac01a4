// Keeps today's week on this device, when its reader asks for it, and takes it off again.
(() => {
  const box = document.querySelector("[data-week]");
  if (!box || !("serviceWorker" in navigator)) return;
  const told = box.querySelector("[data-told]");
  const say = { kept: box.dataset.kept, gone: box.dataset.gone, failed: box.dataset.failed };
  const scopes = ["/week/", "/visits/"];
  box.hidden = false;

  async function ask(message) {
    const answers = [];
    for (const scope of scopes) {
      const registration = await navigator.serviceWorker.register(box.dataset.worker, { scope });
      const worker = registration.installing || registration.waiting || registration.active;
      const line = new MessageChannel();
      const answer = new Promise((resolve) => { line.port1.onmessage = (event) => resolve(event.data); });
      worker.postMessage(message, [line.port2]);
      answers.push(await answer);
    }
    return answers.includes("failed") ? "failed" : answers[0];
  }

  // The visits of the page are kept with it: their notes can be written without a network.
  const list = () => [
    "/week/",
    ...[...document.querySelectorAll("[data-way] a, main a[href^='/visits/']")].map((each) => each.href),
  ];

  const act = (message) => ask(message).then((found) => { told.textContent = say[found]; })
    .catch(() => { told.textContent = say.failed; });
  box.querySelector("[data-keep]").addEventListener("click", () => act({ keep: list() }));
  box.querySelector("[data-drop]").addEventListener("click", () => act({}));
})();
