// The count of a hall at its console: [data-tally] is this bridge point's own fragment. Its fields are added up while they are
// typed and compared with what can be there, before anything is sent; the server judges anyway. The fragment is fetched anew when
// another vote has begun or this one has ended, and when the heads of the hall are counted.

import { fetchFragment } from "../fragments.js";

const fragment = () => document.querySelector('live-part[name="tally"]');
const number = (field) => Number(field?.value) || 0;

/** What the fields say together: how many votes, how many voters, whether one can come from the other. */
export function summed({ votes, invalid, voters, least, most, isMotion }) {
  const total = votes.reduce((sum, one) => sum + one, 0);
  if (isMotion) return { n: total + invalid, isOdd: false };
  const valid = voters - invalid;
  const isOdd = Math.max(0, ...votes) > valid || total < valid * least || total > valid * most;
  return { n: voters, isOdd };
}

function judge(tally) {
  const line = tally.querySelector("[data-sum]");
  const fields = [...tally.querySelectorAll("[data-votes]")];
  if (!line) return;
  const isWhole = fields.every((one) => one.value !== "") && (tally.dataset.kind === "motion" || tally.querySelector("[data-voters]")?.value !== "");
  const found = summed({
    votes: fields.map(number),
    invalid: number(tally.querySelector("[data-invalid]")),
    voters: number(tally.querySelector("[data-voters]")),
    least: Number(tally.dataset.least),
    most: Number(tally.dataset.most),
    isMotion: tally.dataset.kind === "motion",
  });
  const left = Number(tally.dataset.left);
  const state = !isWhole ? "" : found.n > left ? "over" : found.isOdd ? "odd" : "fits";
  const words = state ? line.dataset[state].replace("{n}", found.n).replace("{left}", left) : "";
  if (line.textContent !== words) line.textContent = words;
  line.classList.toggle("error", state === "over" || state === "odd");
}

document.addEventListener("input", (event) => {
  const tally = event.target.closest?.("[data-tally]");
  if (tally) judge(tally);
});

let shown = null; // the vote, and its state, for which the fragment was fetched

function follow(part) {
  if (part?.getAttribute("name") !== "poll") return;
  const poll = part.querySelector("[data-poll]");
  const now = poll ? `${poll.dataset.poll} ${poll.dataset.state}` : "";
  if (now === shown) return;
  const isFirst = shown === null;
  shown = now;
  if (!isFirst && fragment()) fetchFragment(fragment(), 3000); // thousands of consoles do not ask in one moment
}

document.addEventListener("live:link", (event) => event.detail.open && fragment()?.querySelector("[data-tally]") && fetchFragment(fragment()));
document.addEventListener("live:poke", (event) => event.detail.what?.includes("hall") && fragment()?.querySelector("[data-tally]") && fetchFragment(fragment()));
document.addEventListener("live:part", (event) => {
  follow(event.detail.part);
  for (const tally of document.querySelectorAll("[data-tally]")) judge(tally);
});
// Refused: there is less room than this page thought, or another has counted meanwhile. What is typed stays.
document.addEventListener("command:refused", ({ detail: { form } }) => form.closest("[data-tally]") && fetchFragment(fragment()));
document.addEventListener("command:done", ({ detail: { form } }) => form.closest(".enter-tally")?.removeAttribute("open"));
follow(document.querySelector('live-part[name="poll"]'));
for (const tally of document.querySelectorAll("[data-tally]")) judge(tally);
