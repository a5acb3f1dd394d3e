// Keeps the place in a lesson while somebody reads. Without it, the buttons
// "Stop here for now" do the same.
(() => {
  const ticks = document.getElementById("ticks");
  let last = Promise.resolve();
  const keep = () =>
    fetch(window.location.pathname, {
      method: "POST",
      body: new FormData(ticks),
      keepalive: true,
      headers: { "X-Requested-With": "fetch" },
    }).catch(() => {});
  // One after the other, each with the boxes as they then are: the newest list is kept last.
  document.addEventListener("change", (event) => {
    if (ticks && event.target.matches("[data-tick]")) last = last.then(keep);
  });
})();

(() => {
  const form = document.getElementById("pause");
  const parts = document.querySelectorAll("[data-part]");
  if (!form || !parts.length || !("IntersectionObserver" in window)) return;

  let place = "";
  let sent = "";

  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) place = entry.target.dataset.part;
      }
    },
    { rootMargin: "0px 0px -60% 0px" },
  );
  parts.forEach((part) => seen.observe(part));

  const keep = () => {
    if (!place || place === sent || place === parts[0].dataset.part) return;
    sent = place;
    const data = new FormData(form);
    data.set("position", place);
    fetch(window.location.pathname, {
      method: "POST",
      body: data,
      keepalive: true,
      headers: { "X-Requested-With": "fetch" },
    }).catch(() => {
      sent = "";
    });
  };

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
})();
