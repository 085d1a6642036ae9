// The messages of the control room and of the chair: two lines, their threads, one opened at a time. What is half written in a
// thread stays there while another one is open. <button data-thread="17" data-on="technical">.

import { fetchFragment } from "./fragments.js";
import { busy } from "./morph.js";

const root = () => document.querySelector("[data-lines]");
const opened = () => root().querySelector("[data-opened]");

/** Show the threads of one of the two lines. */
function chooseLine(line) {
  root().dataset.line = line;
  for (const tab of root().querySelectorAll("[data-choose-line]")) {
    const chosen = tab.dataset.chooseLine === line;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
}

function partOf(site, line) {
  const address = root().dataset.address.replace("/0/technical/", `/${site}/${line}/`);
  const found = [...opened().children].find((one) => one.dataset.fragment === address);
  if (found) return found;
  const part = document.createElement("live-part");
  part.setAttribute("name", "lines");
  part.dataset.fragment = address;
  opened().append(part);
  return part;
}

let due = null; // {part, words}: what has been opened and waits for its content

/** Open the thread with a bridge point; `words` are offered as its text when nothing stands there. */
function open(site, line, words) {
  document.dispatchEvent(new CustomEvent("panel:open", { detail: root().closest(".panel").id }));
  chooseLine(line);
  const part = partOf(site, line);
  for (const one of opened().children) one.hidden = one !== part;
  show(true);
  due = { part, words };
  if (part.childElementCount) begin(part);
  fetchFragment(part, 0);
}

/** The thread is there: the text is ready to be typed. */
function begin(part) {
  if (part !== due?.part) return;
  const text = part.querySelector("textarea");
  if (!text || part.hidden) return;
  if (due.words && !text.value) text.value = due.words;
  text.focus();
  due = null;
}

function show(one) {
  root().querySelector(".opened").hidden = !one;
  root().querySelector(".overview-of-threads").hidden = one;
}

/** Back to the list. Threads in which nothing is half written are let go. */
function leave() {
  show(false);
  for (const part of [...opened().children]) {
    if (busy(part)) part.hidden = true;
    else part.remove();
  }
  root().querySelector(`[data-choose-line="${root().dataset.line}"], [data-lookup]`)?.focus();
}

document.addEventListener("click", (event) => {
  const target = event.target.closest?.("[data-thread], [data-choose-line], [data-leave], [data-begin] [data-choice]");
  if (!target || !root()) return;
  const { thread, chooseLine: line, choice } = target.dataset;
  if (line) chooseLine(line);
  else if ("leave" in target.dataset) leave();
  else if (thread) open(thread, target.dataset.on || root().dataset.own, target.closest("[data-say]")?.dataset.say);
  else open(choice, root().dataset.line);
});

// The newest message stays in sight, unless somebody is reading older ones.
const NEAR = 80; // px
const reading = new WeakMap(); // list → whether its end is in sight
document.addEventListener(
  "scroll",
  (event) => {
    const list = event.target;
    if (list.nodeType === 1 && list.matches(".said")) reading.set(list, list.scrollHeight - list.scrollTop - list.clientHeight > NEAR);
  },
  true,
);
document.addEventListener("live:part", (event) => {
  const { part } = event.detail;
  begin(part);
  const list = part.querySelector(".said");
  if (list && !reading.get(list)) list.scrollTop = list.scrollHeight;
});
