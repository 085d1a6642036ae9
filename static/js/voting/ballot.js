// Voting. A ballot is a form[data-ballot]: one chooses, then sends; what is being chosen stands outside the live part, so that no
// update moves it. It is sent by fetch under a key of its own, again and again until it is answered, so that it counts exactly
// once; whether it came in time the server judges, never this tablet's clock. Of a secret one the browser makes the receipt.
// <my-votes data-me="17" data-polls="/m/…/polls/"> makes the ballots of its reader from the part that everybody gets: [data-poll]
// says who votes (data-voters, data-holders: keys as gaps), its [data-mould] what can be chosen. Who votes for others asks whom for.

import { post, uuid } from "../commands.js";
import { holds } from "../wall.js";
import { say } from "../words.js";
import { makeCode, show } from "./receipt.js";
import { forget, keep, refill, tidy } from "./waiting.js";

const UNSEEN = 600; // ms a ballot must have stood there before it can be sent
const PAUSE = 2000; // ms between two times of trying

const codes = new WeakMap(); // a ballot that is sent once more keeps its receipt as it keeps its key: it may have arrived

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const chosen = (form) => [...form.querySelectorAll("[name=choices]:checked")];
const limits = (form) => ({ least: Number(form.dataset.least), most: Number(form.dataset.most) });

function tell(form, state, text) {
  const line = form.querySelector("[data-status]");
  form.dataset.state = state;
  line.className = `status ${{ done: "ok", refused: "bad", error: "error" }[state] ?? ""}`;
  line.textContent = text;
}

/** What is wrong with what has been chosen, in words; nothing when it can be sent. */
function complaint(form) {
  const { least, most } = limits(form);
  const n = chosen(form).length;
  if (n < least) return most === 1 ? say("vote-choose") : say("vote-too-few", { least });
  return n > most ? say("vote-too-many", { most }) : "";
}

/** Send until there is an answer: {status, body}. The same key, and the same receipt, make every further time harmless. */
async function carry(form, data) {
  const isKept = keep(form, data);
  const waits = () => tell(form, isKept ? "waiting" : "retrying", say(isKept ? "vote-waiting" : "vote-retrying"));
  for (;;) {
    const answer = await post(form.action, data, waits);
    if (answer?.body.state === "taken") data.set("code", makeCode());
    else if (answer) return answer;
    else await pause(PAUSE);
  }
}

function finish(form, state, text) {
  form.querySelector("fieldset").remove(); // nothing of what was chosen stays on the screen
  tell(form, state, text);
}

/** Tell the voter what has come of it. */
function settle(form, { status, body }, code) {
  const { name, page } = form.dataset;
  if (status < 500 && status !== 401) forget(form); // after signing in, or when the service is well again, it is sent once more
  if (status === 200) {
    finish(form, "done", name ? say("vote-done-for", { name }) : say("vote-done"));
    if (code) show(code, form.querySelector("[data-receipt-here]"), page);
  } else if (body.reason) {
    finish(form, "refused", body.reason);
  } else {
    form.querySelector("fieldset").disabled = false;
    tell(form, "error", status === 400 || status >= 500 ? say("vote-failed") : say("vote-signed-out"));
  }
}

async function send(form) {
  const wrong = complaint(form);
  if (wrong) {
    tell(form, "error", wrong);
    form.querySelector("[name=choices]").focus({ preventScroll: true });
    return;
  }
  form.elements.namedItem("key").value ||= uuid();
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  if ("secret" in form.dataset) {
    if (!codes.has(form)) codes.set(form, makeCode());
    data.set("code", codes.get(form));
  }
  form.querySelector("fieldset").disabled = true;
  tell(form, "sending", say("vote-sending"));
  settle(form, await carry(form, data), data.get("code"));
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-ballot]");
  if (!form) return;
  event.preventDefault();
  const isUnseen = performance.now() - Number(form.dataset.since ?? -UNSEEN) < UNSEEN;
  if (!isUnseen && !form.querySelector("fieldset[disabled]")) send(form);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-ballot]");
  if (!form || event.target.name !== "choices") return;
  const { most } = limits(form);
  const n = chosen(form).length;
  if (n > most) tell(form, "error", say("vote-too-many", { most }));
  else tell(form, "", most > 1 ? say("vote-chosen", { n, most }) : "");
});

// A ballot that is kept nowhere else would be lost with the page.
window.addEventListener("beforeunload", (event) => document.querySelector('form[data-ballot][data-state="retrying"]') && event.preventDefault());

// --- the ballots of one reader, beside the part that everybody gets

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

function line(tag, attributes, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

class MyVotes extends HTMLElement {
  connectedCallback() {
    const told = [...this.querySelectorAll("[data-of]")].map(({ dataset }) => ({ participant: Number(dataset.of), name: dataset.name, done: "done" in dataset, other: "other" in dataset }));
    this.known = new Map(this.dataset.known ? [[this.dataset.known, told]] : []);
    this.replaceChildren();
    this.follow = () => this.update();
    document.addEventListener("live:part", this.follow);
    if (this.poll?.dataset.state !== "open") tidy(this.dataset.me, "");
    this.update();
  }

  disconnectedCallback() {
    document.removeEventListener("live:part", this.follow);
  }

  get poll() {
    return this.closest("[data-voting]").querySelector("[data-poll]");
  }

  /** The ballots on the page, by the vote they belong to. */
  get ballots() {
    return [...this.querySelectorAll("form[data-ballot]")];
  }

  update() {
    const poll = this.poll;
    this.putAway(poll);
    if (poll?.dataset.state !== "open" || this.dataset.of === poll.dataset.poll) return;
    this.dataset.of = poll.dataset.poll;
    this.begin(poll);
  }

  /** What can no longer be sent says so, and goes with its vote. A receipt stays until its voter has put it away. */
  putAway(poll) {
    for (const form of this.ballots) {
      const isOver = form.dataset.poll !== poll?.dataset.poll || poll.dataset.state !== "open";
      if (isOver && form.querySelector("fieldset:not([disabled])")) finish(form, "refused", say("vote-over"));
      const stays = form.querySelector("fieldset, .receipt");
      if (form.dataset.poll !== poll?.dataset.poll && !stays) form.remove();
    }
    if (this.note && this.note.dataset.poll !== poll?.dataset.poll) this.note.remove();
  }

  async begin(poll) {
    const { voters, holders } = poll.dataset;
    const me = Number(this.dataset.me);
    const isVoter = holds(voters, me);
    const isHolder = holds(holders, me);
    const votes = this.known.get(poll.dataset.poll) ?? (isHolder ? await this.ask(poll) : isVoter ? [{ participant: me, name: "", done: false, other: false }] : []);
    if (this.dataset.of !== poll.dataset.poll) return; // another vote has begun meanwhile
    if (!votes.length) return this.say(poll, say("vote-none"));
    tidy(me, poll.dataset.poll);
    for (const vote of votes) {
      const form = this.ballot(poll, vote);
      this.append(form);
      if (vote.done) continue;
      if (refill(form)) send(form); // from a page that is gone
    }
  }

  say(poll, text) {
    this.note?.remove();
    this.note = line("p", { class: "muted", "data-poll": poll.dataset.poll }, text);
    this.append(this.note);
  }

  /** Who votes for others asks whom for; until there is an answer again and again. */
  async ask(poll) {
    for (;;) {
      try {
        const response = await fetch(`${this.address(poll)}mine/`, { headers: { Accept: "application/json" }, cache: "no-store" });
        if (response.ok && !response.redirected) return (await response.json()).votes;
        if (response.status < 500) return [];
      } catch {
        // no line yet
      }
      await pause(PAUSE);
    }
  }

  address(poll) {
    return `${this.dataset.polls}${poll.dataset.number}/`;
  }

  ballot(poll, vote) {
    const { least, most } = poll.dataset;
    const name = vote.other ? vote.name : "";
    const form = line("form", { class: "ballot form", method: "post", action: `${this.address(poll)}ballot/` });
    Object.assign(form.dataset, { ballot: "", poll: poll.dataset.poll, least, most, name, page: this.address(poll), since: performance.now() });
    if ("secret" in poll.dataset) form.dataset.secret = "";
    const status = line("p", { "data-status": "", role: "status", class: "status" });
    form.append(this.fields(poll, vote, name), status, line("div", { "data-receipt-here": "" }));
    if (vote.done) finish(form, "done", name ? say("vote-before-for", { name }) : say("vote-before"));
    return form;
  }

  fields(poll, vote, name) {
    const { least, most } = poll.dataset;
    const fields = document.createElement("fieldset");
    const asked = Number(most) > 1 ? say("vote-choose-many", { least, most }) : say("vote-choose");
    fields.append(line("legend", {}, name ? say("vote-for", { name }) : asked));
    if (name) fields.append(line("p", { class: "muted" }, asked));
    const picks = line("div", { class: "picks" });
    picks.append(...[...poll.querySelector("[data-mould]").children].map((one) => one.cloneNode(true)));
    fields.append(hidden("key", ""), hidden("participant", vote.participant), picks);
    if ("remarks" in poll.dataset) fields.append(this.remark());
    const button = line("button", { class: "button primary big wide" }, say("vote-send"));
    fields.append(button);
    return fields;
  }

  remark() {
    const field = line("div", { class: "field" });
    const label = line("label", {}, say("vote-remark"));
    const text = line("textarea", { name: "remark", maxlength: "2000", rows: "2" });
    label.append(text);
    field.append(label);
    return field;
  }
}

customElements.define("my-votes", MyVotes);
