// Entries are put in a line on this device first, and sent when there is a network.
// Each has a key of its own, so that one that is sent twice is kept once.
(() => {
  const page = document.querySelector("[data-entry]");
  const told = document.querySelector("[data-told]");
  const words = told.dataset;
  const person = page.dataset.person;
  const LINE = "commonroot-entries";
  let sending = false;

  const readLine = () => JSON.parse(localStorage.getItem(LINE) || "[]");
  const writeLine = (line) => localStorage.setItem(LINE, JSON.stringify(line));
  const say = (text) => { told.textContent = text; };
  const readCookie = (name) =>
    (document.cookie.split("; ").find((each) => each.startsWith(name + "=")) || "")
      .slice(name.length + 1);

  function makeKey() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function tellWaiting() {
    const line = readLine();
    const mine = line.filter((each) => each.person === person).length;
    const others = line.length - mine;
    if (mine) say(words.waiting.replace("0", mine));
    else if (others) say(words.others.replace("0", others));
  }

  async function sendOne(entry) {
    const body = new URLSearchParams({ ...entry.fields, person: entry.person });
    const answer = await fetch(entry.address, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": readCookie("csrftoken") },
    });
    const isOurs = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.ok && isOurs && !answer.redirected) return "";
    if (answer.status === 422 && isOurs) return (await answer.json()).problem;
    throw new Error(String(answer.status));
  }

  // What was just kept stands in the list at once, so that the right one is taken back.
  async function drawToday() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = fresh.querySelector("[data-today]");
    if (list) document.querySelector("[data-today]").replaceWith(list);
  }

  async function send() {
    if (sending) return;
    sending = true;
    let problem = "", sent = 0;
    try {
      for (const entry of readLine().filter((each) => each.person === person)) {
        const refused = await sendOne(entry);
        if (refused) problem += `${entry.fields.location}, ${entry.fields.behaviour}: ${refused} `;
        sent += refused ? 0 : 1;
        writeLine(readLine().filter((each) => each.fields.key !== entry.fields.key));
      }
      if (problem) say(problem);
      else if (sent) say(words.kept);
      if (sent) drawToday().catch(() => {});
    } catch (failure) {
      const answered = Number(failure.message);
      if ([403, 409, 200].includes(answered)) say(words.signin);
      else tellWaiting();
    } finally {
      sending = false;
    }
  }

  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-keep]")) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form, event.submitter));
    delete fields.csrfmiddlewaretoken;
    fields.key = makeKey();
    fields.at = new Date().toISOString();
    try {
      writeLine([...readLine(), { person, address: form.action, fields }]);
    } catch (full) {
      form.submit();
      return;
    }
    form.reset();
    const count = form.querySelector("[data-count]");
    if (count) count.textContent = Number(count.textContent) + 1;
    else window.scrollTo(0, 0);
    tellWaiting();
    send();
  });

  window.addEventListener("online", send);
  setInterval(send, 30000);
  tellWaiting();
  send();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(page.dataset.worker, { scope: "/places/" })
      .then(() => navigator.serviceWorker.ready)
      .then(async (registration) => {
        const drawn = [...document.querySelectorAll("link[rel=stylesheet], script[src]")];
        const keep = [location.href, ...drawn.map((each) => each.href || each.src)];
        const line = new MessageChannel();
        const done = new Promise((resolve) => { line.port1.onmessage = resolve; });
        registration.active.postMessage({ keep }, [line.port2]);
        await done;
        page.dataset.kept = "yes";
      });
  }
})();
