/* <show-password>: a button beside a password field that shows what was typed. */
class ShowPassword extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector('input[type="password"]');
    if (!input || this.button) return;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button button--quiet";
    this.button.setAttribute("aria-controls", input.id);
    const group = document.createElement("div");
    group.className = "input-group";
    input.replaceWith(group);
    group.append(input, this.button);
    const show = (shown) => {
      input.type = shown ? "text" : "password";
      this.button.textContent = shown ? this.dataset.hide : this.dataset.show;
    };
    show(false);
    this.button.addEventListener("click", () => show(input.type === "password"));
    // Browsers keep and offer what was typed into a password field only.
    input.form?.addEventListener("submit", () => show(false));
  }
}

customElements.define("show-password", ShowPassword);
