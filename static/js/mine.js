// What is one reader's own on a page that everybody gets alike: "you are third", ask or withdraw, is this site connected.
// <my-turn data-key="participant|site" data-me="17"> shows the children whose data-when names its state (none, waiting, speaking, closed), from
// the broadcast list ([data-request] rows) and the speaker ([data-speaking]); [data-place] gets the place in the list.

class MyTurn extends HTMLElement {
  connectedCallback() {
    this.follow = () => this.update();
    document.addEventListener("live:part", this.follow);
    this.update();
  }

  disconnectedCallback() {
    document.removeEventListener("live:part", this.follow);
  }

  isMine(row) {
    return row.dataset[this.dataset.key] === this.dataset.me;
  }

  update() {
    const rows = [...document.querySelectorAll("[data-request]")];
    const place = rows.findIndex((row) => this.isMine(row));
    const speaks = [...document.querySelectorAll("[data-speaking]")].some((row) => this.isMine(row));
    this.hidden = Boolean(document.querySelector("[data-floor-over]"));
    const closed = !document.querySelector("[data-floor-open]");
    const state = closed ? "closed" : speaks ? "speaking" : place >= 0 ? "waiting" : "none";
    for (const child of this.querySelectorAll("[data-when]")) child.hidden = !child.dataset.when.split(" ").includes(state);
    for (const spot of this.querySelectorAll("[data-place]")) spot.textContent = String(place + 1);
    const request = this.querySelector("input[name=request]");
    if (request && place >= 0) request.value = rows[place].dataset.request;
    for (const row of rows) for (const own of row.querySelectorAll("[data-own]")) own.hidden = !this.isMine(row);
  }
}

/** <link-state data-on data-off>: whether this console reports its bridge point as connected. */
class LinkState extends HTMLElement {
  connectedCallback() {
    this.follow = (event) => this.show(event.detail.open);
    document.addEventListener("live:link", this.follow);
  }

  disconnectedCallback() {
    document.removeEventListener("live:link", this.follow);
  }

  show(open) {
    const state = open ? "ok" : "bad";
    this.classList.toggle("bad", !open);
    this.querySelector(".shape").className = `shape ${state}`;
    const word = this.querySelector("[data-word]");
    if (word.textContent !== this.dataset[open ? "on" : "off"]) word.textContent = this.dataset[open ? "on" : "off"];
  }
}

customElements.define("my-turn", MyTurn);
customElements.define("link-state", LinkState);
