// How many questions have an answer, and whether this page's all do: a save changes both at once.
const SHOWN = '[data-progress="answered"]';

export function show(number) {
  const bar = document.querySelector(`${SHOWN} progress`);
  if (!bar) return;
  bar.value = number;
  document.querySelector(`${SHOWN} .number`).textContent = `${number} / ${bar.max}`;
}

export function mark(section, isAnswered) {
  if (section.hasAttribute("data-answered") === Boolean(isAnswered)) return;
  section.toggleAttribute("data-answered", Boolean(isAnswered));
  const bar = document.querySelector(`${SHOWN} progress`);
  if (bar) show(bar.value + (isAnswered ? 1 : -1));
  const words = document.querySelector("[aria-current='step'] [data-yes]");
  if (!words) return;
  const isDone = !document.querySelector("[data-item]:not([data-answered])");
  words.textContent = isDone ? words.dataset.yes : words.dataset.no;
  words.closest("li").classList.toggle("stepper__done", isDone);
}
