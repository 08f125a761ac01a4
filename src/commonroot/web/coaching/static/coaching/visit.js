// A line of a visit is put in a row on this device first, and sent when there is a network.
// Each has a key of its own, so that one that is sent twice is kept once. One that is refused
// stays, with why, until its writer lets it go; the others go on.
(() => {
  const page = document.querySelector("[data-visit]");
  const told = page.querySelector("[data-told]"), refusedList = page.querySelector("[data-refused]");
  const words = told.dataset, person = page.dataset.person;
  const ROW = "commonroot-visit-notes";
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

  const takeOut = (note) => writeRow(readRow().filter((each) => each.fields.key !== note.fields.key));

  function showRefused() {
    refusedList.replaceChildren(...readMine().filter((each) => each.problem).map((note) => {
      const item = document.createElement("li"), button = document.createElement("button");
      item.textContent = `${words.unkept} “${note.fields.words}” ${note.problem} `;
      button.type = "button";
      button.className = "plain";
      button.textContent = words.discard;
      button.addEventListener("click", () => { takeOut(note); showRefused(); });
      item.append(button);
      return item;
    }));
  }

  // Gives "" for what was kept and words for what was refused; anything else waits.
  async function sendOne(note) {
    const answer = await fetch(note.address, {
      method: "POST",
      body: new URLSearchParams({ ...note.fields, person: note.person }),
      headers: { Accept: "application/json", "X-CSRFToken": readCookie("csrftoken") },
    });
    const isOurs = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.ok && isOurs && !answer.redirected) return "";
    if (answer.status === 422 && isOurs) return (await answer.json()).problem;
    if (answer.status === 404) return words.gone;
    throw new Error(String(answer.status));
  }

  async function send() {
    if (sending) return;
    sending = true;
    let sent = 0;
    try {
      for (const note of readMine().filter((each) => !each.problem)) {
        const problem = await sendOne(note);
        if (problem) {
          writeRow(readRow().map((each) => (each.fields.key === note.fields.key ? { ...each, problem } : each)));
        } else {
          takeOut(note);
          sent += 1;
        }
      }
      if (sent) {
        say(words.kept);
        const typing = [...page.querySelectorAll("textarea")].some((each) => each.value.trim());
        if (!typing) location.reload();
      }
    } catch (failure) {
      say([403, 409, 200].includes(Number(failure.message)) ? words.signin : words.waiting);
    } finally {
      sending = false;
      showRefused();
    }
  }

  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-keep]") || !form.elements.words.value.trim()) return;
    const fields = { part: form.elements.part.value, words: form.elements.words.value, key: makeKey() };
    try {
      writeRow([...readRow(), { person, address: form.action, fields }]);
    } catch (full) {
      return;
    }
    event.preventDefault();
    form.elements.words.value = "";
    say(words.waiting);
    send();
  });

  window.addEventListener("online", send);
  setInterval(send, 30000);
  send();
})();
