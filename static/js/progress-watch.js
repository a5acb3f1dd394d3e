/* <progress-watch>: looks again every few seconds at how far long work is, until it is over.
   Without scripts a link does the same. */
const PAUSE = 3000;

class ProgressWatch extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-look-again]")?.remove();
    this.looking = setInterval(() => this.look(), PAUSE);
  }

  disconnectedCallback() {
    clearInterval(this.looking);
  }

  async look() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-progress]");
    if (now) this.querySelector("[data-progress]").replaceWith(now);
    if (!page.querySelector("progress-watch")) clearInterval(this.looking);
  }
}

customElements.define("progress-watch", ProgressWatch);
