// Whoever added a line goes on typing where they are.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id.startsWith("form-")) target.querySelector("textarea").focus();
});
