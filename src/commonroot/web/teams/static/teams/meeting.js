// Shows how long a meeting has lasted, without asking the server.
(() => {
  const clock = document.querySelector("[data-began]");
  if (!clock) return;
  const began = new Date(clock.dataset.began);
  const tell = () => {
    const gone = Math.max(0, Math.floor((Date.now() - began) / 60000));
    clock.querySelector("[data-gone]").textContent = gone;
    clock.querySelector("progress").value = Math.min(gone, Number(clock.dataset.whole));
  };
  tell();
  setInterval(tell, 15000);
})();
