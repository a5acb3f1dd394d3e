/* <tabbed-sections>: a list of links to sections becomes tabs that show one section at a time.
   The address names the section; without scripts all of them stand below one another. */
class TabbedSections extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector(".tabs");
    this.tabs = [...list.querySelectorAll("a")];
    this.panels = this.tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
    if (this.panels.some((panel) => !panel)) return;
    list.setAttribute("role", "tablist");
    this.tabs.forEach((tab, place) => {
      const panel = this.panels[place];
      tab.id = `${panel.id}-tab`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = 0;
    });
    list.addEventListener("click", (event) => {
      const place = this.tabs.indexOf(event.target.closest("a"));
      if (place < 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.choose(place);
    });
    list.addEventListener("keydown", (event) => this.press(event));
    addEventListener("hashchange", () => this.show(this.named()));
    this.show(this.named());
  }

  /* The section that the address names, or the one that holds what it names. */
  named() {
    const target = document.getElementById(location.hash.slice(1));
    const place = this.panels.findIndex((panel) => panel.contains(target));
    return target && place >= 0 ? place : 0;
  }

  press(event) {
    const last = this.tabs.length - 1;
    const here = this.tabs.indexOf(document.activeElement);
    const onward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const places = { Home: 0, End: last };
    if (event.key === " ") places[" "] = here;
    if (/^Arrow(Left|Right)$/.test(event.key)) {
      const step = event.key === onward ? 1 : -1;
      places[event.key] = (here + step + last + 1) % (last + 1);
    }
    if (!(event.key in places)) return;
    event.preventDefault();
    this.choose(places[event.key]);
    this.tabs[places[event.key]].focus();
  }

  choose(place) {
    history.replaceState(null, "", this.tabs[place].hash);
    this.show(place);
  }

  show(place) {
    this.tabs.forEach((tab, each) => {
      tab.setAttribute("aria-selected", String(each === place));
      tab.tabIndex = each === place ? 0 : -1;
      this.panels[each].hidden = each !== place;
    });
  }
}

customElements.define("tabbed-sections", TabbedSections);
