/* <confirm-dialog>: a link to a page that asks, and a dialog that asks the same without leaving.
   Without scripts, or with a key held for another tab, the link leads to the page. */
class ConfirmDialog extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector("a");
    const dialog = this.querySelector("dialog");
    if (!link || !dialog?.showModal) return;
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      dialog.showModal();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => link.focus());
  }
}

customElements.define("confirm-dialog", ConfirmDialog);
