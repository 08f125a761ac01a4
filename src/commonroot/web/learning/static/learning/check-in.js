// Ticks are put in a row on this device first, and sent when there is a network. What is
// sent says whether somebody is there, so that sending it twice changes nothing.
(() => {
  const page = document.querySelector("[data-check-in]");
  const told = page.querySelector("[data-told]"), words = told.dataset;
  const person = page.dataset.person, address = page.dataset.tick;
  const ROW = "commonroot-ticks";
  let sending = false;

  const readRow = () => JSON.parse(localStorage.getItem(ROW) || "[]");
  const writeRow = (row) => localStorage.setItem(ROW, JSON.stringify(row));
  const say = (text) => { told.textContent = text; };
  const readCookie = (name) =>
    (document.cookie.split("; ").find((each) => each.startsWith(name + "=")) || "").slice(name.length + 1);

  async function sendOne(tick) {
    const answer = await fetch(tick.address, {
      method: "POST",
      body: new URLSearchParams({ ...tick.fields, person: tick.person }),
      headers: { Accept: "application/json", "X-CSRFToken": readCookie("csrftoken") },
    });
    const isOurs = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.ok && isOurs && !answer.redirected) return "";
    if (answer.status === 422 && isOurs) return (await answer.json()).problem;
    throw new Error(String(answer.status));
  }

  async function send() {
    if (sending) return;
    sending = true;
    let sent = 0, problem = "";
    try {
      for (const tick of readRow().filter((each) => each.person === person)) {
        const refused = await sendOne(tick);
        writeRow(readRow().filter((each) => each.at !== tick.at));
        if (refused) problem = refused; else sent += 1;
      }
      if (problem) say(problem);
      else if (sent) say(words.kept);
    } catch (failure) {
      say([403, 409, 200, 404].includes(Number(failure.message)) ? words.signin : words.waiting);
    } finally {
      sending = false;
    }
  }

  page.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches("[name=there]")) return;
    const minutes = box.closest("li").querySelector(".short").value;
    const fields = { seat: box.value, there: box.checked ? "yes" : "no", minutes };
    try {
      writeRow([...readRow(), { person, address, fields, at: `${Date.now()}-${Math.random()}` }]);
    } catch (full) {
      return;
    }
    send();
  });

  window.addEventListener("online", send);
  setInterval(send, 30000);
  send();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(page.dataset.worker, { scope: "/workshop-sessions/" })
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => {
        const drawn = [...document.querySelectorAll("link[rel=stylesheet], script[src]")];
        registration.active.postMessage({ keep: [location.href, ...drawn.map((each) => each.href || each.src)] });
        page.dataset.kept = "yes";
      });
  }
})();
