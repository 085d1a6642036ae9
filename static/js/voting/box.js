// <find-ballot data-url="…/box/ballots/" data-poll="/m/…/polls/3/">: finds a ballot in the box by its receipt code. The whole list is
// fetched, the same for everybody, and compared in this page: the code, or a part of it, would tell the server whose ballot it is.

import { forget, grouped, kept, read } from "./receipt.js";

class FindBallot extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.field = this.form.elements.namedItem("receipt");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.find();
    });
    this.field.addEventListener("input", () => this.tell(""));
    const codes = kept(this.dataset.poll);
    const own = this.querySelector("[data-kept]");
    own.hidden = codes.length === 0;
    if (codes.length && !this.field.value) this.field.value = grouped(codes.at(-1));
    own.querySelector("button").addEventListener("click", () => {
      forget(this.dataset.poll);
      this.field.value = "";
      own.hidden = true;
    });
  }

  async find() {
    const code = read(this.field.value);
    if (!code) return this.tell("malformed");
    this.tell("waiting");
    try {
      this.ballots ??= await this.fetched();
    } catch {
      return this.tell("lost");
    }
    const ballot = this.ballots.get(code);
    if (ballot) this.querySelector("[data-choices]").textContent = ballot;
    return this.tell(ballot ? "found" : "missing");
  }

  async fetched() {
    const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error("no list");
    const { options, ballots } = await answer.json();
    return new Map(ballots.map(([code, choices]) => [code, choices.map((position) => options[position]).join(" · ")]));
  }

  /** Show the one sentence that is named, no other. */
  tell(name) {
    for (const one of this.querySelectorAll("[data-told]")) one.hidden = one.dataset.told !== name;
    this.field.setAttribute("aria-invalid", String(name === "malformed"));
  }
}

customElements.define("find-ballot", FindBallot);
