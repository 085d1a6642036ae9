// Typing a roll from paper: Enter and the arrows go from line to line in one column, 805 becomes 08:05, and what is typed
// survives a reload of the page, and a line that is cut while it is sent, until the page of what would be entered shows that the
// server has it. Without this script the form works all the same.

const form = document.querySelector("form[data-lines]");
const PLACE = `lines:${document.documentElement.dataset.account ?? ""}|${location.pathname}${location.search}`;
const SENT = "lines-sent";

/** A time of day as people type it, with its colon; anything else stays as it is, and is told to be wrong by the server. */
export function spelled(text) {
  const found = /^(\d{1,2})\s*[:.,hg]?\s*(\d{2})$/i.exec(text.trim());
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59) return text.trim();
  return `${found[1].padStart(2, "0")}:${found[2]}`;
}

function step(input, by) {
  const column = [...form.querySelectorAll(`[data-column="${input.dataset.column}"]`)];
  const next = column[column.indexOf(input) + by];
  if (next) {
    next.focus();
    next.select();
  } else if (by > 0) {
    form.querySelector("button.primary").focus();
  }
}

function keep() {
  const typed = [...form.querySelectorAll("[data-column]")].filter((one) => one.value !== one.defaultValue);
  const ticked = [...form.querySelectorAll("input[type=checkbox]")].filter((one) => one.checked !== one.defaultChecked);
  const words = typed.map((one) => [one.name, one.value]).concat(ticked.map((one) => [one.name, one.checked]));
  if (words.length) sessionStorage.setItem(PLACE, JSON.stringify(words));
  else sessionStorage.removeItem(PLACE);
}

function giveBack() {
  for (const [name, value] of JSON.parse(sessionStorage.getItem(PLACE) ?? "[]")) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement)) continue;
    if (field.type === "checkbox") field.checked = value;
    else if (field.value === field.defaultValue) field.value = value;
  }
}

if (form) {
  giveBack();
  form.addEventListener("keydown", (event) => {
    const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !event.target.dataset.column || event.isComposing) return;
    event.preventDefault();
    step(event.target, by);
  });
  form.addEventListener("change", (event) => {
    if (event.target.dataset.column) event.target.value = spelled(event.target.value);
  });
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, PLACE));
} else if (document.querySelector("[data-lines-kept]")) {
  sessionStorage.removeItem(sessionStorage.getItem(SENT) ?? "");
  sessionStorage.removeItem(SENT);
}
