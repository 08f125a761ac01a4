// Ticks, minutes and people who walk in are put in a row on this device first, and sent when
// there is a network. What is sent says how it is, so that sending it twice changes nothing.
// One that is refused stays, with why, until somebody lets it go; the others go on.
(() => {
  const page = document.querySelector("[data-check-in]");
  const told = page.querySelector("[data-told]"), words = told.dataset;
  const refusedList = page.querySelector("[data-refused]");
  const person = page.dataset.person, address = page.dataset.tick;
  const form = page.querySelector("form"), list = form.querySelector("ul");
  const ROW = "commonroot-ticks";
  let sending = null;

  const readRow = () => JSON.parse(localStorage.getItem(ROW) || "[]");
  const writeRow = (row) => localStorage.setItem(ROW, JSON.stringify(row));
  const readMine = () => readRow().filter((each) => each.person === person);
  const readWaiting = () => readMine().filter((each) => !each.problem);
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
    if ([404, 422].includes(answer.status) && isOurs) return (await answer.json()).problem;
    throw new Error(String(answer.status));
  }

  async function sendAll() {
    let sent = 0;
    try {
      for (let tick = readWaiting()[0]; tick; tick = readWaiting()[0]) {
        const { at } = tick, problem = await sendOne(tick);
        if (problem) writeRow(readRow().map((each) => (each.at === at ? { ...each, problem } : each)));
        else {
          writeRow(readRow().filter((each) => each.at !== at));
          sent += 1;
        }
      }
      if (sent) say(words.kept);
    } catch (failure) {
      say([403, 409, 200, 404].includes(Number(failure.message)) ? words.signin : words.waiting);
    } finally {
      showRefused();
    }
  }

  // One sending at a time; what is put in the row meanwhile goes with it.
  const send = () => (sending ||= sendAll().finally(() => { sending = null; }));

  // What waits stands on the page also after it was opened anew from this device.
  function showWaiting() {
    for (const { fields, label } of readWaiting().filter((each) => each.address === address)) {
      if (!fields.seat) {
        showWalkIn(label);
        continue;
      }
      const box = form.querySelector(`[name=there][value="${fields.seat}"]`);
      if (!box) continue;
      box.checked = fields.there === "yes";
      box.closest("li").querySelector(".short").value = fields.minutes;
    }
  }

  function showWalkIn(name) {
    const item = document.createElement("li");
    item.textContent = name;
    list.append(item);
  }

  // False where the device has no room left: then the page's own button is the way.
  function put(label, fields) {
    try {
      writeRow([...readRow(), { person, address, label, fields, at: `${Date.now()}-${Math.random()}` }]);
    } catch (full) {
      say(words.full);
      return false;
    }
    return true;
  }

  page.addEventListener("change", (event) => {
    const line = event.target.closest("li");
    const box = line && line.querySelector("[name=there]");
    if (!box || !event.target.matches("[name=there], .short")) return;
    if (event.target !== box && !box.checked) return;
    const minutes = line.querySelector(".short").value;
    const fields = { seat: box.value, there: box.checked ? "yes" : "no", minutes };
    if (put(box.closest("label").textContent.trim(), fields)) send();
  });

  // Somebody who walks in is put in the row first: a device may think that it has a network and
  // have none. The page's own form goes only once it would arrive.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { guest, school, key } = form.elements, name = guest.value.trim();
    if (name) {
      if (!put(name, { guest: name, school: school ? school.value : "", key: key.value })) return form.submit();
      showWalkIn(name);
      guest.value = "";
      key.value = makeKey();
    }
    await send();
    if (readWaiting().length) return;
    try {
      await fetch(location.href, { method: "HEAD", cache: "no-store" });
    } catch (failure) {
      return say(words.waiting);
    }
    form.submit();
  });

  window.addEventListener("online", send);
  setInterval(send, 30000);
  showWaiting();
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
