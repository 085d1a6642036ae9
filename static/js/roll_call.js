// Calling the roll from one place: [data-call] shows the next bridge point large, with two buttons that stay where they are and
// say whom they are about. A press is sent at once, and the next name stands there without waiting for the answer; what the
// server says of the others (they answered at their consoles) comes with the part, and the name in hand changes only when that
// one has answered itself. Keys: Enter – is here, 0 – does not answer. Without this script the same forms post plainly.

import { post, uuid } from "./commands.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

const SEEN = 300; // ms until the next name has been read by who has just pressed and expects it
const SURPRISE = 700; // ms when it changed by itself under the finger

const desks = new WeakMap(); // [data-calling] → {call, point, name, since, guard, sent: Map of point → state}

const deskOf = (element) => element.closest?.("[data-calling]");
const rowsOf = (desk) => [...desk.querySelectorAll("[data-points] [data-point]")];

/** What is known of the roll call under way; the element may be the one in which the call before was shown. */
function stateOf(desk) {
  const known = desks.get(desk);
  if (known?.call === desk.dataset.calling) return known;
  const point = desk.querySelector("[data-call] input[name=bridge_point]")?.value ?? "";
  const name = rowsOf(desk).find((row) => row.dataset.point === point)?.dataset.name ?? "";
  const begun = { call: desk.dataset.calling, point, name, since: -Infinity, guard: 0, sent: new Map() };
  desks.set(desk, begun);
  return begun;
}

/** Show whom to call next: `row` of the list, or that nobody is left. */
function show(desk, row, guard) {
  const now = stateOf(desk);
  const call = desk.querySelector("[data-call]");
  Object.assign(now, { point: row?.dataset.point ?? "", name: row?.dataset.name ?? "", since: performance.now(), guard });
  const focused = call.contains(document.activeElement);
  call.hidden = !row;
  if (focused && !row) desk.querySelector("form[data-command='roll_call.close'] button")?.focus();
  for (const spot of call.querySelectorAll("[data-whom]")) spot.textContent = now.name;
  for (const input of call.querySelectorAll("input[name=bridge_point]")) input.value = now.point;
  mark(desk);
}

/** Mark whose turn it is in the list, and what has been said of whom and not yet come back. */
function mark(desk) {
  const now = stateOf(desk);
  for (const row of rowsOf(desk)) {
    row.toggleAttribute("data-current", row.dataset.point === now.point);
    row.toggleAttribute("data-sent", now.sent.has(row.dataset.point));
  }
}

/** The first that is still to be called after one, else the first of all. */
function following(desk, point) {
  const { sent } = stateOf(desk);
  const rows = rowsOf(desk);
  const at = rows.findIndex((row) => row.dataset.point === point);
  return [...rows.slice(at + 1), ...rows.slice(0, at + 1)].find((row) => !sent.has(row.dataset.point)) ?? null;
}

async function note(desk, form) {
  const now = stateOf(desk);
  if (!now.point || performance.now() - now.since < now.guard) return;
  const { point, name } = now;
  const data = new FormData(form);
  data.set("bridge_point", point);
  data.set("command_id", uuid());
  data.delete("csrfmiddlewaretoken");
  now.sent.set(point, data.get("state"));
  show(desk, following(desk, point), SEEN);
  const answer = await post(form.action, data, () => {});
  if (answer?.status === 200) return;
  now.sent.delete(point);
  toast("refused", `${name}: ${answer?.body.reason ?? say(answer ? "failed" : "unsent")}`);
  if (desk.isConnected) follow(desk);
}

/** Take in what the server says: who has answered leaves the list. */
function follow(desk) {
  const now = stateOf(desk);
  const waiting = new Set(rowsOf(desk).map((row) => row.dataset.point));
  for (const point of now.sent.keys()) if (!waiting.has(point)) now.sent.delete(point);
  if (now.point && waiting.has(now.point) && !now.sent.has(now.point)) return mark(desk);
  const next = following(desk, now.point);
  if ((next?.dataset.point ?? "") !== now.point) show(desk, next, SURPRISE);
  else mark(desk);
}

document.addEventListener(
  "submit",
  (event) => {
    const desk = event.target.closest?.("[data-call]") && deskOf(event.target);
    if (!desk) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    note(desk, event.target);
  },
  true,
);

document.addEventListener("click", (event) => {
  const row = event.target.closest?.("[data-pick]")?.closest("[data-point]");
  if (row && deskOf(row)) show(deskOf(row), row, 0);
});

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || !["Enter", "0"].includes(event.key)) return;
  const call = [...document.querySelectorAll("[data-call]")].find((one) => !one.hidden && one.checkVisibility());
  const busy = event.target.closest?.("input, textarea, select, button, a, summary, [contenteditable], dialog");
  if (!call || (busy && !(event.key === "0" && call.contains(busy)))) return;
  const form = [...call.querySelectorAll("form")].find((one) => one.elements.state.value === (event.key === "Enter" ? "here" : "silent"));
  if (!form) return;
  event.preventDefault();
  note(deskOf(call), form);
});

function followAll() {
  for (const desk of document.querySelectorAll("[data-calling]")) if (desk.querySelector("[data-call]")) follow(desk);
}

document.addEventListener("live:part", followAll);
followAll();
