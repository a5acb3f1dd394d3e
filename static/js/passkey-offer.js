/* <passkey-offer hidden>: shown where the browser knows passkeys; says when one was not used. */
class PasskeyOffer extends HTMLElement {
  connectedCallback() {
    const known = "PublicKeyCredential" in window && navigator.credentials;
    this.hidden = !known;
    for (const each of document.querySelectorAll("[data-without-passkeys]")) each.hidden = known;
    document.addEventListener("allauth.error", (event) => {
      event.preventDefault();
      this.say(this.dataset.failed);
    });
  }

  say(words) {
    this.status ??= this.appendChild(document.createElement("p"));
    this.status.className = "field__error";
    this.status.setAttribute("role", "status");
    this.status.textContent = words;
  }
}

customElements.define("passkey-offer", PasskeyOffer);
