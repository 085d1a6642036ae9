// One's own marks at pages, kept by the service; only the reader sees them.

import { murmur, toast } from "../toast.js";
import { say } from "../words.js";

export class Bookmarks {
  #url;
  #list;
  #none;
  #mould;
  #button;
  #stage;
  #marks = [];

  constructor(root, stage) {
    this.#url = root.dataset.bookmarks;
    this.#list = root.querySelector("[data-marks]");
    this.#none = root.querySelector("[data-no-marks]");
    this.#mould = root.querySelector("template[data-mark]").content.firstElementChild;
    this.#button = root.querySelector('[data-do="mark"]');
    this.#stage = stage;
    this.#take(JSON.parse(document.getElementById("reader-marks").textContent));
    this.#list.addEventListener("click", (event) => {
      const gone = event.target.closest("[data-unmark]");
      if (gone) this.#remove(Number(gone.dataset.unmark));
    });
    this.#list.addEventListener("change", (event) => {
      const field = event.target.closest("[data-mark-words]");
      if (field) this.#send({ page: field.dataset.markWords, words: field.value });
    });
    stage.addEventListener("turned", () => this.#tell());
  }

  /** Mark the page before the reader, or take its mark away. */
  toggle() {
    const { page } = this.#stage;
    if (this.#has(page)) this.#remove(page);
    else this.#add(page);
  }

  async #add(page) {
    if (await this.#send({ page, words: this.#stage.headline(page) })) murmur(say("marked", { n: page }));
  }

  async #remove(page) {
    if (await this.#send({ page, remove: "on" })) murmur(say("unmarked", { n: page }));
  }

  async #send(fields) {
    const headers = { Accept: "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
    try {
      const response = await fetch(this.#url, { method: "POST", body: new URLSearchParams(fields), headers, credentials: "same-origin" });
      if (response.redirected) throw new Error();
      if (response.status === 409) return void toast("refused", say("too-many-marks"));
      if (!response.ok) throw new Error();
      this.#take((await response.json()).bookmarks);
      return true;
    } catch {
      toast("refused", say("not-marked"));
      return false;
    }
  }

  #has(page) {
    return this.#marks.some((one) => one.page === page);
  }

  #take(marks) {
    this.#marks = marks;
    const typing = document.activeElement?.closest?.("[data-marks]") ? document.activeElement.dataset.markWords : null;
    this.#none.hidden = marks.length > 0;
    this.#list.replaceChildren(...marks.map((mark) => this.#line(mark)));
    if (typing) this.#list.querySelector(`[data-mark-words="${typing}"]`)?.focus();
    this.#tell();
  }

  #line({ page, words }) {
    const line = this.#mould.cloneNode(true);
    const go = line.querySelector("[data-go]");
    go.dataset.go = page;
    go.setAttribute("aria-label", say("leaf", { n: page }));
    line.querySelector("[data-n]").textContent = page;
    const field = line.querySelector("[data-mark-words]");
    field.value = words;
    field.dataset.markWords = page;
    field.setAttribute("aria-label", say("mark-words", { n: page }));
    const gone = line.querySelector("[data-unmark]");
    gone.dataset.unmark = page;
    gone.setAttribute("aria-label", say("unmark", { n: page }));
    return line;
  }

  #tell() {
    this.#button.setAttribute("aria-pressed", this.#has(this.#stage.page));
  }
}
