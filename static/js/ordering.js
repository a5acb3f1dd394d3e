/* Ordering: buttons that move a line up and down. Without this the selects do it all. */
(() => {
  "use strict";

  const button = (words, sign, line, step) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button order__move";
    made.textContent = sign;
    made.dataset.step = step;
    made.setAttribute("aria-label", words);
    made.setAttribute("aria-describedby", line.querySelector(".order__words").id);
    return made;
  };

  const enhance = (list) => {
    const lines = () => [...list.querySelectorAll("[data-order-line]")];
    const placeOf = (line) => line.querySelector("select");
    const said = document.createElement("p");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    const keep = document.createElement("button");
    keep.type = "button";
    keep.className = "button button--quiet";
    keep.textContent = list.dataset.keep;
    list.after(keep, said);

    const show = () => {
      const all = lines();
      const isBegun = all.every((line) => placeOf(line).value);
      keep.hidden = isBegun;
      all.forEach((line, at) => {
        line.querySelector('[data-step="-1"]').disabled = at === 0;
        line.querySelector('[data-step="1"]').disabled = at === all.length - 1;
      });
    };

    const number = (changed) => {
      lines().forEach((line, at) => {
        placeOf(line).value = String(at + 1);
      });
      show();
      placeOf(changed).dispatchEvent(new Event("change", { bubbles: true }));
    };

    const move = (line, to) => {
      const others = lines().filter((one) => one !== line);
      if (to >= others.length) {
        list.append(line);
      } else {
        others[to].before(line);
      }
      number(line);
      said.textContent = `${list.dataset.moved} ${to + 1}`;
    };

    lines().forEach((line) => {
      const moves = document.createElement("span");
      moves.className = "order__moves";
      moves.append(button(list.dataset.up, "↑", line, -1), button(list.dataset.down, "↓", line, 1));
      line.append(moves);
    });

    list.addEventListener("click", (event) => {
      const pressed = event.target.closest("[data-step]");
      if (!pressed) return;
      const line = pressed.closest("[data-order-line]");
      move(line, lines().indexOf(line) + Number(pressed.dataset.step));
      if (pressed.disabled) {
        line.querySelector("[data-step]:not([disabled])").focus();
      } else {
        pressed.focus();
      }
    });

    list.addEventListener("input", (event) => {
      if (!event.target.matches("select") || !event.target.value) return;
      const line = event.target.closest("[data-order-line]");
      const select = placeOf(line);
      move(line, Number(select.value) - 1);
      select.focus();
    });

    keep.addEventListener("click", () => {
      number(lines()[0]);
      placeOf(lines()[0]).focus();
    });

    show();
  };

  document.querySelectorAll("[data-order]").forEach(enhance);
})();
