// A line of a visit is put in a row on this device first, and sent when there is a network,
// from every page of visits and from the week. Each has a key of its own, so that one that is
// sent twice is kept once. One that is refused stays, with why, until its writer sends it
// again or throws it away; the others go on. Nobody else is shown it.
(() => {
  const box = document.querySelector("[data-notes]");
  if (!box) return;
  const told = box.querySelector("[data-told]"), words = box.dataset, person = box.dataset.person;
  const list = box.querySelector("[data-unsent]");
  const forms = () => [...document.querySelectorAll("form[data-keep]")];
  const ROW = "commonroot-visit-notes";
  let sending = null, isLeaving = false;

  const readRow = () => JSON.parse(localStorage.getItem(ROW) || "[]");
  const writeRow = (row) => localStorage.setItem(ROW, JSON.stringify(row));
  const readMine = () => readRow().filter((each) => each.person === person);
  const change = (key, more) => writeRow(readRow().map((each) => (
    each.fields.key === key ? { ...each, ...more, fields: { ...each.fields, ...more.fields } } : each)));
  const letGo = (key) => writeRow(readRow().filter((each) => each.fields.key !== key));
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

  function makeButton(text, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = text;
    button.addEventListener("click", act);
    return button;
  }

  async function copy(area) {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
    } catch (refused) {
      if (!document.execCommand("copy")) return;
    }
    say(words.copied);
  }

  function draw(note) {
    const item = document.createElement("li"), why = document.createElement("p");
    const key = note.fields.key, area = document.createElement("textarea");
    why.textContent = `${note.problem || words.waiting} ${note.label || ""}`.trim();
    area.rows = 3;
    area.value = note.fields.words;
    area.setAttribute("aria-label", words.written);
    area.addEventListener("input", () => change(key, { fields: { words: area.value } }));
    item.append(why, area, document.createElement("br"),
      makeButton(words.again, () => { change(key, { problem: "" }); show(); send(); }),
      makeButton(words.copy, () => copy(area)),
      makeButton(words.discard, () => { letGo(key); show(); say(words.gone); }));
    return item;
  }

  // Who is about to sign out sees what only waits, too.
  function show() {
    const shown = readMine().filter((each) => each.problem || isLeaving);
    list.replaceChildren(...shown.map(draw));
    list.hidden = !shown.length;
  }

  // Gives "" for what was kept and a sentence for what was refused; anything else waits.
  async function sendOne(note) {
    const answer = await fetch(note.address, {
      method: "POST",
      body: new URLSearchParams({ ...note.fields, person: note.person }),
      headers: { Accept: "application/json", "X-CSRFToken": readCookie("csrftoken") },
    });
    const isOurs = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.ok && isOurs && !answer.redirected) return "";
    if (answer.status === 422 && isOurs) return (await answer.json()).problem;
    if (answer.status === 404) return words.closed;
    throw new Error(String(answer.status));
  }

  // Whoever asks while it is going on waits for the same.
  function send() {
    sending ||= sendAll().finally(() => { sending = null; });
    return sending;
  }

  async function sendAll() {
    let sent = 0, trouble = "", hasRefused = false;
    for (const note of readMine().filter((each) => !each.problem)) {
      try {
        const problem = await sendOne(note);
        if (problem) change(note.fields.key, { problem });
        else letGo(note.fields.key);
        sent += problem ? 0 : 1;
        hasRefused ||= Boolean(problem);
      } catch (failure) {
        trouble = [403, 409, 200].includes(Number(failure.message)) ? words.signin : words.waiting;
        // Without a network nothing goes; where there was an answer, the next one may.
        if (failure instanceof TypeError) break;
      }
    }
    if (trouble) say(trouble);
    else if (sent) say(words.kept);
    if (sent || hasRefused || isLeaving) show();
    const isTyping = forms().some((each) => each.elements.words.value.trim());
    if (sent && forms().length && !isTyping && list.hidden && !isLeaving) location.reload();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-keep]") || !form.elements.words.value.trim()) return;
    const fields = { part: form.elements.part.value, words: form.elements.words.value, key: makeKey() };
    try {
      writeRow([...readRow(), { person, address: form.action, label: form.dataset.label, fields }]);
    } catch (full) {
      return;
    }
    event.preventDefault();
    form.elements.words.value = "";
    say(words.waiting);
    send();
  });

  // What waits is sent before its writer signs out. What cannot be sent is the only copy: it
  // is shown first, and stays for its writer alone.
  const leaving = document.querySelector("form.who");
  if (leaving) leaving.addEventListener("submit", async (event) => {
    if (isLeaving || !readMine().length) return;
    event.preventDefault();
    isLeaving = true;
    await send();
    if (!readMine().length) leaving.submit();
    else {
      show();
      say(words.leaving);
    }
  });

  window.addEventListener("online", send);
  setInterval(send, 30000);
  show();
  send();
})();
