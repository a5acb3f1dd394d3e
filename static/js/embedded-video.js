/* <embedded-video>: puts the other site's player in place once somebody asks for it.
   Without scripts the link beside the button leads to the video. */
class EmbeddedVideo extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => this.load(button));
  }

  load(button) {
    const frame = document.createElement("iframe");
    frame.src = this.dataset.address;
    frame.title = this.dataset.title;
    frame.allow = "fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    button.replaceWith(frame);
    frame.focus();
  }
}

customElements.define("embedded-video", EmbeddedVideo);
