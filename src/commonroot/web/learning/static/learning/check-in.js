// Ticks, minutes and people who walk in are put in a row on this device first, and sent when
// there is a network. What is sent says how it is, so that sending it twice changes nothing.
// One that is refused stays, with why, until somebody lets it go; the others go on.
(() => {
  const page = document.querySelector("[data-check-in]");
  const told = page.querySelector("[data-told]"), words = told.dataset;
  const refusedList = page.querySelector("[data-refused]");
  const person = page.dataset.person, address = page.dataset.tick;
  const ROW = "commonroot-ticks";
  let sending = false;

  const readRow = () => JSON.parse(localStorage.getItem(ROW) || "[]");
  const writeRow = (row) => localStorage.setItem(ROW, JSON.stringify(row));
  const readMine = () => readRow().filter((each) => each.person === person);
  const say = (text) => { told.textContent = text; };
  const readCookie = (name) =>
    (document.cookie.split("; ").find((each) => each.startsWith(name + "=")) || "").slice(name.length + 1);

  function makeKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function letGo(at) {
    writeRow(readRow().filter((each) => each.at !== at));
    showRefused();
  }

  function showRefused() {
    refusedList.replaceChildren(...readMine().filter((each) => each.problem).map((each) => {
      const item = document.createElement("li"), button = document.createElement("button");
      item.textContent = `${words.unkept} ${each.label}. ${each.problem} `;
      button.type = "button";
      button.className = "plain";
      button.textContent = words.discard;
      button.addEventListener("click", () => letGo(each.at));
      item.append(button);
      return item;
    }));
  }

  // Gives "" for what was kept and words for what was refused; anything else waits.
  async function sendOne(tick) {
    const answer = await fetch(tick.address, {
      method: "POST",
      body: new URLSearchParams({ ...tick.fields, person: tick.person }),
      headers: { Accept: "application/json", "X-CSRFToken": readCookie("csrftoken") },
    });
    const isOurs = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.ok && isOurs && !answer.redirected) return "";
    if (answer.status === 422 && isOurs) return (await answer.json()).problem;
    if (answer.status === 404 && tick.address !== address) return words.signin;
    throw new Error(String(answer.status));
  }

  async function send() {
    if (sending) return;
    sending = true;
    let sent = 0;
    try {
      for (const tick of readMine().filter((each) => !each.problem)) {
        const problem = await sendOne(tick);
        if (problem) writeRow(readRow().map((each) => (each.at === tick.at ? { ...each, problem } : each)));
        else {
          writeRow(readRow().filter((each) => each.at !== tick.at));
          sent += 1;
        }
      }
      if (sent) say(words.kept);
    } catch (failure) {
      say([403, 409, 200, 404].includes(Number(failure.message)) ? words.signin : words.waiting);
    } finally {
      sending = false;
      showRefused();
    }
  }

  // False where the device has no room left: then the page's own button is the way.
  function put(label, fields) {
    try {
      writeRow([...readRow(), { person, address, label, fields, at: `${Date.now()}-${Math.random()}` }]);
    } catch (full) {
      return false;
    }
    send();
    return true;
  }

  page.addEventListener("change", (event) => {
    const line = event.target.closest("li");
    const box = line && line.querySelector("[name=there]");
    if (!box || !event.target.matches("[name=there], .short")) return;
    if (event.target !== box && !box.checked) return;
    const minutes = line.querySelector(".short").value;
    const fields = { seat: box.value, there: box.checked ? "yes" : "no", minutes };
    put(box.closest("label").textContent.trim(), fields);
  });

  // Without a network somebody who walks in waits here; with one the page's own form keeps all.
  page.querySelector("form").addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    const form = event.target, guest = form.elements.guest.value.trim();
    if (!guest) return say(words.waiting);
    const fields = { guest, school: form.elements.school ? form.elements.school.value : "", key: makeKey() };
    if (!put(guest, fields)) return;
    const item = document.createElement("li");
    item.textContent = guest;
    form.querySelector("ul").append(item);
    form.elements.guest.value = "";
    say(words.waiting);
  });

  window.addEventListener("online", send);
  setInterval(send, 30000);
  send();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(page.dataset.worker, { scope: "/workshop-sessions/" })
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => {
        const drawn = [...document.querySelectorAll("link[rel=stylesheet], script[src]")];
        const line = new MessageChannel();
        line.port1.onmessage = () => { page.dataset.kept = "yes"; };
        const keep = [location.href, ...drawn.map((each) => each.href || each.src)];
        registration.active.postMessage({ keep }, [line.port2]);
      });
  }
})();
