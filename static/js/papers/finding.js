// Words looked for in a paper: the service knows where they stand, the pages show them.

import { say } from "../words.js";

const REST = 300; // ms without a key before it is asked

export class Finder {
  #url;
  #box;
  #list;
  #said;
  #bar;
  #stage;
  #side;
  #hits = [];
  #at = -1;
  #timer = 0;
  #asked = null;
  #query = "";

  constructor(root, stage, side) {
    this.#url = root.dataset.find;
    this.#box = root.querySelector("[data-finder]");
    this.#list = root.querySelector("[data-hits]");
    this.#said = root.querySelector("[data-find-said]");
    this.#bar = root.querySelector("[data-found]");
    this.#stage = stage;
    this.#side = side;
    const field = this.#box.elements.q;
    field.addEventListener("input", (event) => {
      if (event.isComposing) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(field.value), REST);
    });
    this.#box.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.#timer);
      if (field.value.trim() === this.#query && this.#hits.length) this.step(1);
      else this.#ask(field.value, true);
    });
    this.#list.addEventListener("click", (event) => {
      const line = event.target.closest("[data-hit]");
      if (!line) return;
      this.#show(Number(line.dataset.hit));
      this.#side.chosen();
    });
  }

  get isOn() {
    return this.#hits.length > 0;
  }

  step(by) {
    if (!this.#hits.length) return;
    this.#show(this.#at < 0 ? this.#nearest() : (this.#at + by + this.#hits.length) % this.#hits.length);
  }

  end() {
    this.#box.reset();
    this.#take("", [], false);
    this.#said.textContent = "";
  }

  async #ask(typed, goThere = false) {
    const query = typed.trim();
    if (query === this.#query && !goThere) return;
    this.#asked?.abort();
    if (!query) return this.end();
    const mine = (this.#asked = new AbortController());
    this.#said.textContent = say("searching");
    try {
      const address = new URL(this.#url, location.href);
      address.searchParams.set("q", query);
      const response = await fetch(address, { headers: { Accept: "application/json" }, signal: mine.signal });
      if (!response.ok || response.redirected) throw new Error();
      const { hits, more } = await response.json();
      this.#take(query, hits, more);
      if (goThere && hits.length) this.#show(this.#nearest());
    } catch {
      if (!mine.signal.aborted) this.#said.textContent = say("no-search");
    }
  }

  #nearest() {
    const at = this.#hits.findIndex(({ page }) => page >= this.#stage.page);
    return at < 0 ? 0 : at;
  }

  #take(query, hits, more) {
    this.#query = query;
    this.#hits = hits;
    this.#at = -1;
    this.#said.textContent = say(!hits.length ? "no-hits" : more ? "hits-more" : "hits", { n: hits.length });
    this.#list.replaceChildren(...hits.map((hit, at) => line(hit, at)));
    this.#bar.hidden = !hits.length;
    this.#bar.querySelector("[data-found-words]").textContent = query;
    this.#count();
    this.#stage.seek(query);
  }

  #show(at) {
    const { page, nth } = this.#hits[at];
    this.#at = at;
    for (const old of this.#list.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
    const one = this.#list.querySelector(`[data-hit="${at}"]`);
    one?.setAttribute("aria-current", "true");
    one?.scrollIntoView({ block: "nearest" });
    this.#count();
    this.#stage.find(page, nth);
  }

  #count() {
    const [n, of] = [this.#at + 1, this.#hits.length];
    this.#bar.querySelector("[data-found-count]").textContent = n ? say("hit-of", { n, of }) : say("hits", { n: of });
  }
}

function line({ page, before, words, after }, at) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.hit = at;
  const text = document.createElement("span");
  const mark = document.createElement("mark");
  mark.textContent = words;
  text.append(before, mark, after);
  const number = document.createElement("span");
  number.className = "num";
  number.textContent = page;
  button.append(text, number);
  item.append(button);
  return item;
}
