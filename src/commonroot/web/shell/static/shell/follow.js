// Looks again every second at work that is on its way, until it is done.
(() => {
  async function look() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main"));
    if (document.querySelector("[data-follow]")) setTimeout(look, 1000);
  }
  setTimeout(look, 1000);
})();
