/* The editor of a question shows only what the chosen kind needs. Without this it shows all. */
(() => {
  "use strict";

  const show = (kind) => {
    document.querySelectorAll("[data-kinds]").forEach((part) => {
      const panel = part.closest("[data-field-wrapper]") || part;
      panel.hidden = Boolean(kind) && !part.dataset.kinds.split(" ").includes(kind);
    });
  };

  const begin = () => {
    const chosen = document.querySelector("#id_kind");
    if (!chosen) return;
    chosen.addEventListener("change", () => show(chosen.value));
    show(chosen.value);
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
