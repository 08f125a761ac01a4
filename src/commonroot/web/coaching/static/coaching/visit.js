// A line of a visit is put in a row on this device first, and sent when there is a network.
// Each has a key of its own, so that one that is sent twice is kept once.
(() => {
  const page = document.querySelector("[data-visit]");
  const told = page.querySelector("[data-told]");
  const words = told.dataset, person = page.dataset.person;
  const ROW = "commonroot-visit-notes";
  let sending = false;

  const readRow = () => JSON.parse(localStorage.getItem(ROW) || "[]");
  const writeRow = (row) => localStorage.setItem(ROW, JSON.stringify(row));
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

  // A refused line goes back into the field that it was written in.
  function giveBack(note, problem) {
    const form = [...page.querySelectorAll("[data-keep]")]
      .find((each) => each.action === note.address && each.elements.part.value === note.fields.part);
    if (form) form.elements.words.value = note.fields.words;
    say(problem);
  }

  async function sendOne(note) {
    const answer = await fetch(note.address, {
      method: "POST",
      body: new URLSearchParams({ ...note.fields, person: note.person }),
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
    let sent = 0;
    try {
      for (const note of readRow().filter((each) => each.person === person)) {
        const refused = await sendOne(note);
        writeRow(readRow().filter((each) => each.fields.key !== note.fields.key));
        if (refused) giveBack(note, refused);
        else sent += 1;
      }
      if (sent) {
        say(words.kept);
        const typing = [...page.querySelectorAll("textarea")].some((each) => each.value.trim());
        if (!typing) location.reload();
      }
    } catch (failure) {
      say([403, 409, 200, 404].includes(Number(failure.message)) ? words.signin : words.waiting);
    } finally {
      sending = false;
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
