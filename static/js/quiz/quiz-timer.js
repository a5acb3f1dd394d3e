/* <quiz-timer>: shows the time that is left, by the server's clock. It is told aloud three times
   only, can be hidden, and hands the attempt in when the time is over. */
const LAST = 2000;

class QuizTimer extends HTMLElement {
  connectedCallback() {
    const { deadline, started, now } = this.dataset;
    this.ends = Date.parse(deadline) - Date.parse(now) + performance.now();
    const whole = Date.parse(deadline) - Date.parse(started);
    // What is announced, by the milliseconds that are left then; not what is over already.
    this.marks = [
      [whole / 2, this.dataset.half],
      [5 * 60_000, this.dataset.five],
      [60_000, this.dataset.one],
    ].filter(([left]) => left < whole && left < this.left);
    this.shown = document.createElement("p");
    this.shown.className = "clock__left";
    this.shown.setAttribute("role", "timer");
    this.told = document.createElement("p");
    this.told.className = "visually-hidden";
    this.told.setAttribute("role", "status");
    this.toggle = document.createElement("button");
    this.toggle.type = "button";
    this.toggle.className = "button button--quiet";
    this.toggle.addEventListener("click", () => this.hide(!this.shown.hidden));
    this.append(this.shown, this.toggle, this.told);
    this.hide(this.dataset.hidden !== undefined);
    this.tick();
    this.ticking = setInterval(() => this.tick(), 250);
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
  }

  get left() {
    return Math.max(this.ends - performance.now(), 0);
  }

  hide(hidden) {
    this.shown.hidden = hidden;
    this.toggle.textContent = hidden ? this.dataset.show : this.dataset.hide;
    this.toggle.setAttribute("aria-expanded", String(!hidden));
  }

  tick() {
    const seconds = Math.ceil(this.left / 1000);
    const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
    const hours = Math.floor(seconds / 3600);
    const words = (hours ? [hours, ...parts] : parts).map((part) => String(part).padStart(2, "0"));
    this.shown.textContent = `${this.dataset.left}: ${words.join(":")}`;
    for (const mark of this.marks.filter(([left]) => this.left <= left)) {
      this.marks = this.marks.filter((one) => one !== mark);
      this.told.textContent = mark[1];
    }
    if (!this.left) this.finish();
  }

  finish() {
    clearInterval(this.ticking);
    this.told.textContent = this.dataset.over;
    dispatchEvent(new Event("quiz-time-over"));
    const form = this.querySelector("form");
    setTimeout(() => form?.requestSubmit(), LAST);
  }
}

customElements.define("quiz-timer", QuizTimer);
