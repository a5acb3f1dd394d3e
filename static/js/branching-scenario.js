/* <branching-scenario>: one scene at a time, the way so far above it, and a count of the ends seen.
   Without scripts the address names the scene, and lessons.css shows that one alone. */
class BranchingScenario extends HTMLElement {
  connectedCallback() {
    this.scenes = [...this.querySelectorAll(".scene")];
    this.trail = this.querySelector(".branching__trail");
    this.end = this.querySelector(".branching__end");
    this.ends = [...this.querySelectorAll(".scene--end, .choice-made--end")];
    this.seen = new Set();
    this.way = [];
    this.addEventListener("click", (event) => this.follow(event));
    this.addEventListener("toggle", () => this.look(), true);
    const named = this.scenes.find((scene) => `#${scene.id}` === location.hash);
    this.show(named ?? this.scenes[0]);
  }

  follow(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const scene = this.scenes.find((one) => `#${one.id}` === link.hash);
    if (!scene) return;
    event.preventDefault();
    const again = this.way.findIndex((step) => step.scene === scene);
    if (scene === this.scenes[0]) this.way = [];
    else if (again >= 0) this.way.length = again;
    else this.way.push({ scene: this.here, words: this.chosen(link) });
    this.show(scene);
    scene.focus();
  }

  chosen(link) {
    return link.closest("details").querySelector("summary").textContent.trim();
  }

  show(scene) {
    this.here = scene;
    for (const one of this.scenes) one.hidden = one !== scene;
    for (const choice of scene.querySelectorAll("details")) choice.open = false;
    this.trail.hidden = this.way.length === 0;
    this.trail.firstElementChild.replaceChildren(...this.way.map(stop));
    this.look();
  }

  /* Is this an end? The scene is one, or the choice that stands open. */
  look() {
    const reached = this.ends.find(
      (end) => end === this.here || (end.open && this.here.contains(end)),
    );
    if (reached) this.seen.add(reached);
    this.end.hidden = !reached;
    const words = this.end.querySelector("[data-seen]");
    words.textContent = words.dataset.seen
      .replace("{seen}", this.seen.size)
      .replace("{all}", this.ends.length);
  }
}

function stop({ scene, words }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${scene.id}`;
  link.textContent = words;
  link.dir = "auto";
  item.append(link);
  return item;
}

customElements.define("branching-scenario", BranchingScenario);
