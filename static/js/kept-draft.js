/* <kept-draft>: keeps what is typed into the form's text in this browser until the server shows it
   back. What was typed and never arrived stands in the form again. Signing out forgets it. */
import { entries, forget, keep } from "./quiz/outbox.js";

const TYPING = 400;
const GROUP = "own-words";

class KeptDraft extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("textarea");
    if (!this.text) return;
    this.takeUp();
    this.text.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.note(), TYPING);
    });
    addEventListener("pagehide", () => this.typing && this.note());
  }

  get drafts() {
    const items = [this.dataset.item, this.dataset.also];
    return entries(this.dataset.user, GROUP).filter((draft) => items.includes(draft.item));
  }

  takeUp() {
    const saved = this.text.defaultValue;
    for (const draft of this.drafts) {
      if (draft.text.trim() === saved.trim()) forget(draft);
      else if (draft.item === this.dataset.item && draft.from === saved) this.show(draft.text);
    }
  }

  show(text) {
    this.text.value = text;
    const found = document.createElement("p");
    found.className = "muted";
    found.setAttribute("role", "status");
    found.textContent = this.dataset.found;
    this.text.before(found);
  }

  note() {
    clearTimeout(this.typing);
    this.typing = 0;
    const { user, item } = this.dataset;
    const at = Date.now();
    const draft = { user, attempt: GROUP, item, client: "draft", at, key: String(at) };
    keep({ ...draft, from: this.text.defaultValue, text: this.text.value });
  }
}

customElements.define("kept-draft", KeptDraft);
