// What stands beside the pages: contents, search and bookmarks, one at a time. On a wide screen it stays beside them; on a tablet
// or a phone it lies over them and goes away once something is chosen.

const WIDE = matchMedia("(min-width: 1200px)");

export class Side {
  #box;
  #openers;
  #back = null;

  constructor(root) {
    this.#box = root.querySelector("[data-side]");
    this.#openers = new Map(["contents", "find", "marks"].map((name) => [name, root.querySelector(`.tools [data-do="${name}"]`)]));
    this.#box.addEventListener("click", (event) => {
      const tab = event.target.closest("[data-tab]");
      if (tab) this.open(tab.dataset.tab);
    });
    this.#box.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const tabs = [...this.#box.querySelectorAll("[data-tab]")];
      const at = tabs.indexOf(document.activeElement);
      if (!step || at < 0) return;
      const tab = tabs[(at + step + tabs.length) % tabs.length];
      this.open(tab.dataset.tab);
      tab.focus();
    });
    this.#box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  get current() {
    return this.#box.hidden ? null : this.#box.querySelector("[data-tab][aria-selected=true]").dataset.tab;
  }

  open(name) {
    if (this.#box.hidden) this.#back = document.activeElement;
    this.#box.hidden = false;
    for (const tab of this.#box.querySelectorAll("[data-tab]")) {
      const isOpen = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", isOpen);
      tab.tabIndex = isOpen ? 0 : -1;
    }
    for (const panel of this.#box.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== name;
    this.#tell(name);
  }

  toggle(name) {
    if (this.current === name) this.close();
    else {
      this.open(name);
      this.#box.querySelector(name === "find" ? "input" : `[data-tab="${name}"]`).focus();
    }
  }

  close() {
    if (this.#box.hidden) return;
    this.#box.hidden = true;
    this.#tell(null);
    this.#back?.focus();
    this.#back = null;
  }

  /** Something was chosen: make room for it where this lies over the pages. */
  chosen() {
    if (WIDE.matches || this.#box.hidden) return;
    this.#back = null;
    this.close();
  }

  #tell(open) {
    for (const [name, opener] of this.#openers) opener?.setAttribute("aria-expanded", name === open);
  }
}
