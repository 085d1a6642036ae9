// Pickers: <span class="chooser" data-find="address"><input type="text" name="head"><input type="hidden" name="head_pk">. One types, the
// server finds, one picks with arrows and Enter, with the mouse or a finger. data-fills="name:name position:title" fills other
// fields of the form from what was picked. Without this script the text is looked up when the form is sent.

const TYPING = 180; // ms without a key before a search goes out
let made = 0; // lists so far: their ids
const asked = new WeakMap(); // chooser → the running number of its last search
const waiting = new WeakMap();

const chooserOf = (element) => element?.closest?.(".chooser[data-find]");
const fieldOf = (chooser) => chooser.querySelector("input[type=text]");
const hiddenOf = (chooser) => chooser.querySelector("input[type=hidden]");
const optionsOf = (list) => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];

/** The list under a field: made when the field is first used, so that pages brought later work too. */
function listOf(chooser) {
  const field = fieldOf(chooser);
  const known = chooser.querySelector("[role=listbox]");
  if (known) return known;
  const list = document.createElement("ul");
  made += 1;
  list.id = `chooser-${made}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels?.[0]?.textContent.trim() ?? "");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  chooser.append(list);
  return list;
}

function show(chooser, open) {
  const list = listOf(chooser);
  list.hidden = !open;
  fieldOf(chooser).setAttribute("aria-expanded", String(open));
  if (!open) mark(chooser, null);
  else list.scrollIntoView({ block: "nearest" });
}

function mark(chooser, option) {
  const field = fieldOf(chooser);
  for (const one of listOf(chooser).children) one.setAttribute("aria-selected", String(one === option));
  if (!option) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", option.id);
  return option.scrollIntoView({ block: "nearest" });
}

async function search(chooser) {
  const number = (asked.get(chooser) ?? 0) + 1;
  asked.set(chooser, number);
  const address = new URL(chooser.dataset.find, location.href);
  address.searchParams.set("q", fieldOf(chooser).value.trim());
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected || asked.get(chooser) !== number) return;
    const html = await response.text();
    if (asked.get(chooser) !== number || document.activeElement !== fieldOf(chooser)) return;
    const list = listOf(chooser);
    list.innerHTML = html;
    [...list.children].forEach((option, at) => (option.id = `${list.id}-${at}`));
    const status = chooser.querySelector("[role=status]");
    status.textContent = status.dataset.found.replace("{n}", optionsOf(list).length);
    show(chooser, true);
  } catch {
    // no line just now: what is typed is looked up when the form is sent
  }
}

function fillIn(chooser, option) {
  const form = fieldOf(chooser).form;
  for (const pair of (chooser.dataset.fills ?? "").split(" ").filter(Boolean)) {
    const [name, what] = pair.split(":");
    const control = form?.elements.namedItem(name);
    if (!control || !option.dataset[what]) continue;
    control.value = option.dataset[what];
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function pick(chooser, option) {
  const field = fieldOf(chooser);
  field.value = option.dataset.label;
  hiddenOf(chooser).value = option.dataset.pk;
  field.removeAttribute("aria-invalid");
  fillIn(chooser, option);
  show(chooser, false);
  field.dispatchEvent(new Event("change", { bubbles: true }));
  chooser.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: { ...option.dataset } }));
}

document.addEventListener("input", (event) => {
  const chooser = chooserOf(event.target);
  if (!chooser) return;
  hiddenOf(chooser).value = ""; // what is typed now is another one
  clearTimeout(waiting.get(chooser));
  waiting.set(
    chooser,
    setTimeout(() => search(chooser), TYPING),
  );
});

function step(chooser, by) {
  const list = listOf(chooser);
  if (list.hidden) return search(chooser);
  const options = optionsOf(list);
  if (!options.length) return undefined;
  const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = at < 0 ? (by > 0 ? 0 : options.length - 1) : (at + by + options.length) % options.length;
  return mark(chooser, options[next]);
}

document.addEventListener("keydown", (event) => {
  const chooser = chooserOf(event.target);
  if (!chooser || event.isComposing) return;
  const list = listOf(chooser);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(chooser, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && !list.hidden) {
    const chosen = list.querySelector("[aria-selected=true]");
    if (!chosen) return show(chooser, false);
    event.preventDefault();
    pick(chooser, chosen);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault(); // the box around it stays open
    event.stopPropagation();
    show(chooser, false);
  }
  return undefined;
});

// The press must not take the focus from the field; the click picks.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.(".chooser [role=listbox]")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const option = event.target.closest?.(".chooser [role=option]:not([aria-disabled])");
  if (option) pick(chooserOf(option), option);
});
document.addEventListener("focusin", (event) => {
  const chooser = chooserOf(event.target);
  if (chooser) listOf(chooser);
});
document.addEventListener("focusout", (event) => {
  const chooser = chooserOf(event.target);
  if (chooser && !chooser.contains(event.relatedTarget)) show(chooser, false);
});
document.addEventListener("reset", (event) => {
  for (const chooser of event.target.querySelectorAll?.(".chooser[data-find]") ?? []) hiddenOf(chooser).value = "";
});
