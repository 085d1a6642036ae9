// Long work: <job-state data-url> follows one job on its page; <jobs-mark data-url> in the rail says how many run, and tells when
// one of them has ended. <job-state data-reload> has the page read again when its job has ended. Without this script both are as
// new as the page.

import { toast } from "./toast.js";

const SOON = 1000;
const LATER = 4000;

async function asked(url, type) {
  try {
    const answer = await fetch(url, { headers: { Accept: type }, cache: "no-store" });
    return answer.ok && !answer.redirected ? answer : null;
  } catch {
    return null; // no line: the next question may be answered
  }
}

function isWritten() {
  const fields = [...document.querySelectorAll("textarea, input:not([type=hidden])")];
  return document.querySelector("dialog[open]") !== null || fields.some((one) => one.value !== one.defaultValue);
}

class JobState extends HTMLElement {
  connectedCallback() {
    this.wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  wait() {
    if (!("over" in this.dataset)) this.timer = setTimeout(() => this.look(), document.hidden ? LATER : SOON);
  }

  async look() {
    const answer = await asked(this.dataset.url, "text/html");
    if (answer) {
      const next = document.createRange().createContextualFragment(await answer.text());
      const card = next.querySelector(".job");
      if (card && !this.holds()) {
        if (["done", "failed", "cancelled"].includes(card.dataset.state)) this.dataset.over = "";
        if (card.outerHTML !== this.querySelector(".job")?.outerHTML) this.replaceChildren(next);
      }
    }
    if ("over" in this.dataset && "reload" in this.dataset) this.reload();
    else this.wait();
  }

  /** The page is read again; while somebody writes in it, it waits. */
  reload() {
    if (isWritten()) this.timer = setTimeout(() => this.reload(), SOON);
    else location.reload();
  }

  /** A button under the finger or the focus is not taken away. */
  holds() {
    return this.matches(":active") || (this.contains(document.activeElement) && document.activeElement.matches(":focus-visible"));
  }
}

class JobsMark extends HTMLElement {
  connectedCallback() {
    this.running = (this.dataset.running ?? "").split(" ").filter(Boolean);
    this.timer = setInterval(() => this.look(), LATER);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async look() {
    if (document.hidden) return;
    const of = this.running.map((key) => `of=${key}`).join("&");
    const answer = await asked(`${this.dataset.url}?${of}`, "application/json");
    if (!answer) return;
    const news = await answer.json();
    for (const one of news.ended) {
      if (this.running.includes(one.job) && location.pathname !== one.url) toast(one.state, one.words);
    }
    this.running = news.running;
    this.querySelector("[data-words]").textContent = news.words;
    this.hidden = news.running.length === 0;
    if (this.hidden) clearInterval(this.timer);
  }
}

customElements.define("job-state", JobState);
customElements.define("jobs-mark", JobsMark);
