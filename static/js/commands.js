// Commands: <form data-command>. Sent by fetch with an id of their own, once however often the button is pressed, and again
// under the same id when the network fails, so that they take effect exactly once; forms with data-outbox are kept in the
// browser until they are answered (outbox.js). Without this script the form posts plainly.

import { meetingTime } from "./clock.js";
import { confirmed } from "./dialog.js";
import { post as keep } from "./outbox.js";
import { isSlip, isUnseen, remember, rest } from "./slips.js";
import { murmur, sayAfterReload, toast } from "./toast.js";
import { say } from "./words.js";

const PATIENCE = 60_000; // how long a command is tried again, ms
const PATIENT_EYE = 500; // how long a person waits without being told, ms
const RETRY_ON = new Set([502, 503, 504]);
const running = new WeakSet();

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

/** A random UUID; crypto.randomUUID exists only on secure origins, and an office may serve plain http in its own network. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Post until there is an answer or patience ends; returns {status, body}, or null when nobody answered. */
export async function post(url, data, onRetry) {
  const until = performance.now() + PATIENCE;
  for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
    try {
      const response = await fetch(url, {
        method: "POST",
        body: data,
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRFToken": token() },
        signal: AbortSignal.timeout(15_000),
      });
      if (response.redirected) return { status: 401, body: {} }; // led to the sign-in page
      if (!RETRY_ON.has(response.status)) {
        return { status: response.status, body: await response.json().catch(() => ({})) };
      }
    } catch {
      // No line, or it broke: the command may or may not have arrived. The same id makes asking again safe.
    }
    if (performance.now() > until) return null;
    onRetry();
    await pause(wait * (0.5 + Math.random()));
  }
}

function setBusy(form, button, busy) {
  form.dataset.state = busy ? "waiting" : "";
  if (busy) button?.setAttribute("aria-busy", "true");
  else button?.removeAttribute("aria-busy");
}

/** The refusal each form's last press was told, so that the next one's answer takes its place. */
const refusals = new WeakMap();

/** Take away what an earlier press was told. */
function clearErrors(form) {
  for (const old of form.querySelectorAll("[data-from-command]")) old.remove();
  for (const control of form.querySelectorAll("[aria-errormessage^=error-]")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-errormessage");
  }
  refusals.get(form)?.drop();
  refusals.delete(form);
}

/** Put the form's complaints where they belong: at their fields, else above the buttons. */
function showErrors(form, errors) {
  for (const [name, sentences] of Object.entries(errors)) {
    const control = name ? form.elements.namedItem(name) : null;
    const visible = control instanceof HTMLElement && control.type !== "hidden" ? control : null;
    const line = document.createElement("p");
    line.className = "error";
    line.dataset.fromCommand = "";
    line.id = `error-${uuid()}`;
    line.textContent = sentences.join("\n");
    (visible?.closest(".field") ?? form).append(line);
    visible?.setAttribute("aria-invalid", "true");
    visible?.setAttribute("aria-errormessage", line.id);
  }
  form.querySelector("[aria-invalid=true]")?.focus({ preventScroll: true });
  const line = form.querySelector("[data-from-command]");
  const { top, bottom } = line?.getBoundingClientRect() ?? {};
  if (top < innerHeight / 5 || bottom > innerHeight / 2) line.scrollIntoView({ block: "center" }); // clear of what lies over the page
}

/** The message of one command: it appears only when the answer is slow, or is no. */
class Progress {
  constructor() {
    this.timer = setTimeout(() => this.show("waiting", say("waiting")), PATIENT_EYE);
  }
  show(state, text, how) {
    clearTimeout(this.timer);
    if (this.set) this.set(state, text, how);
    else this.set = toast(state, text, how);
  }
  drop() {
    clearTimeout(this.timer);
    this.set?.("gone");
  }
  done(text, stays) {
    clearTimeout(this.timer);
    if (!stays) sayAfterReload(text);
    else if (this.set) this.set("done", text);
    else murmur(text);
  }
}

function settle(form, answer, progress, press) {
  clearErrors(form);
  if (answer?.status !== 200) refusals.set(form, progress);
  if (!answer) return progress.show("refused", say("unsent"));
  const { status, body } = answer;
  if (status === 200) return succeed(form, body, progress, press);
  if (status === 400 && body.errors) {
    showErrors(form, body.errors);
    return progress.show("refused", say("invalid"), { isTold: true });
  }
  if (status === 401 || (status === 403 && !body.reason)) return progress.show("refused", say("signed-out"));
  const isTold = Boolean(body.reason && form.querySelector(".field"));
  if (isTold) showErrors(form, { "": [body.reason] });
  const isToldHere = !document.dispatchEvent(new CustomEvent("command:refused", { cancelable: true, detail: { form, status, body } }));
  return isToldHere ? progress.drop() : progress.show("refused", body.reason || say("failed"), { isTold });
}

/** Tell the page; unless it shows the change itself (it is live, or somebody has prevented the default), go on. */
function succeed(form, body, progress, press) {
  empty(form, press);
  const done = new CustomEvent("command:done", { cancelable: true, detail: { form, number: body.number } });
  const stays = !document.dispatchEvent(done) || Boolean(document.querySelector("live-feed"));
  progress.done(sentence(form, press.what), stays);
  if (!stays) leave(form, body.address);
}

/** Go on to what was made, or to the page the form names. (On a live page the parts follow by themselves.) */
function leave(form, address) {
  const next = address || form.elements.namedItem("next")?.value || location.pathname + location.search;
  if (next === location.pathname + location.search) location.reload();
  else location.assign(next);
}

/** What a button says it does: with the person or row it belongs to; in a box, the box's heading, for "Save" says too little. */
function words(form, button) {
  const box = form.closest("dialog");
  const heading = box?.querySelector("h2, h1")?.textContent;
  const own = button?.getAttribute("aria-label") || button?.textContent || form.querySelector("button")?.textContent || "";
  const whose = form.closest("[role=group][aria-label]")?.getAttribute("aria-label");
  const said = heading || (whose ? `${whose}, ${own}` : own);
  return said.replace(/\s+/g, " ").trim();
}

/** What is said when it is done: the form's own sentence, else "Call Lào Cai: done". */
function sentence(form, what) {
  return form.dataset.done || (what ? say("done-what", { what }) : say("done"));
}

/** Everything a press means, taken at the press: while a question is open, the form may come to mean the next thing. */
function taken(form, button) {
  const data = new FormData(form, button);
  data.set("command_id", uuid());
  data.delete("csrfmiddlewaretoken");
  const moment = meetingTime();
  if (form.dataset.expires && moment !== null) {
    data.set("not_after", new Date(moment + Number(form.dataset.expires) * 1000).toISOString());
  }
  for (const one of form.querySelectorAll("[data-pressed-at]")) {
    if (!data.get(one.name) && moment !== null) data.set(one.name, new Date(moment).toISOString()); // it may arrive much later
  }
  const url = button?.hasAttribute("formaction") ? button.formAction : form.action; // several commands on one choice
  return { data, url, what: words(form, button), fields: filled(form) };
}

const filled = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));

/** Empty a form that has been sent, unless somebody has gone on typing in it meanwhile. One with [data-keeps] stays as it is. */
function empty(form, { fields }) {
  if (!("keeps" in form.dataset) && filled(form) === fields) form.reset();
}

/** Send where the line may be weak: returns the answer, or nothing when the outbox has taken it over. */
async function sendKept(form, press, progress) {
  const { data, url, what } = press;
  const answer = await keep(url, data, what);
  if (answer === null) return post(url, data, () => progress.show("waiting", say("retrying")));
  if (answer === "repeat") progress.show("refused", say("waits-already"));
  else if (answer !== "waiting") return answer;
  else progress.drop();
  clearErrors(form);
  empty(form, press);
  document.dispatchEvent(new CustomEvent("command:kept", { detail: { form } }));
  return undefined;
}

async function send(form, button) {
  const press = taken(form, button);
  const question = button?.dataset.confirm ? button.dataset : form.dataset;
  if (question.confirm && !(await confirmed(question))) return;
  remember(form);
  const progress = new Progress();
  setBusy(form, button, true);
  const answer =
    "outbox" in form.dataset
      ? await sendKept(form, press, progress)
      : await post(press.url, press.data, () => progress.show("waiting", say("retrying")));
  setBusy(form, button, false);
  if (answer !== undefined) settle(form, answer, progress, press);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!("command" in form.dataset)) return;
  event.preventDefault();
  if (running.has(form) || isSlip(form)) return;
  if (isUnseen(form)) return toast("refused", say("changed"));
  running.add(form);
  try {
    await send(form, event.submitter);
  } finally {
    running.delete(form);
    rest();
  }
});
