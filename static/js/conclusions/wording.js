// The page on which one conclusion is worded, perhaps by two at once. What is saved elsewhere comes into a form nobody has
// touched; a form somebody is at work in keeps their words and shows the other wording beside them, what differs marked: nothing
// is sent over it before one of the two was chosen. Words typed and not saved are kept in this tab with the version they were
// written over, so that a reload overwrites nothing either.

const form = document.getElementById("wording");
const box = document.querySelector("[data-other]");
const part = document.querySelector('live-part[name="conclusion-state"]');
const NAMES = ["text", "who", "who_pk", "along", "due", "product", "item"];
const field = (name) => form.elements.namedItem(name);
const version = () => Number(field("version").value);
const place = () => `draft:${document.documentElement.dataset.account ?? ""}|wording|${location.pathname}`;
const chosen = (select) => [...select.options].find((one) => one.defaultSelected)?.value ?? select.options[0].value;

/** What stands in the form now, and what was saved under the version it was written over. */
const typed = () => Object.fromEntries(NAMES.map((name) => [name, field(name).value]));
const written = () => Object.fromEntries(NAMES.map((name) => [name, field(name).options ? chosen(field(name)) : field(name).defaultValue]));
let base = form ? written() : {};
let sent = null;
const dirty = () => NAMES.some((name) => typed()[name] !== base[name]);
const sending = () => form.dataset.state === "waiting";

function fill(words) {
  const text = field("text");
  const caret = [text.selectionStart, text.selectionEnd];
  for (const name of NAMES) if (field(name).value !== (words[name] ?? "")) field(name).value = words[name] ?? "";
  if (document.activeElement === text) text.setSelectionRange(...caret);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** From now on these words are the saved ones, under this version. */
function settle(words, at) {
  base = words;
  for (const name of NAMES) {
    const control = field(name);
    if (control.options) for (const one of control.options) one.defaultSelected = one.value === words[name];
    else if (control.defaultValue !== words[name]) control.defaultValue = words[name];
  }
  field("version").value = at;
  keep();
}

function keep() {
  if (dirty()) sessionStorage.setItem(place(), JSON.stringify({ version: version(), base, words: typed() }));
  else sessionStorage.removeItem(place());
}

/** After a reload: what was typed comes back with the version it was written over, were it an old one. */
function giveBack() {
  const kept = JSON.parse(sessionStorage.getItem(place()) ?? "null");
  if (!kept) return;
  field("version").value = kept.version;
  base = kept.base;
  fill(kept.words);
}

// --- somebody else's wording

const stands = (root = part) => root.querySelector("section[data-version]");
const wordsOf = (root) => {
  const saved = root.querySelector(".saved").dataset;
  return Object.fromEntries(NAMES.map((name) => [name, saved[name] ?? ""]));
};

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function close() {
  box.hidden = true;
  box.replaceChildren();
}

/** Save what was chosen. The choice goes after that: without it the form's own button moves, as if it had slipped under the finger. */
function submit() {
  form.requestSubmit();
  close();
}

/** Show what was changed since the version one's own words were written over, and let one of the two be chosen. */
async function showOther() {
  const address = new URL(part.dataset.fragment, location.href);
  address.searchParams.set("version", version());
  const response = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" }).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const compared = page.querySelector("[data-since]");
  const now = stands(page);
  if (!compared || now.dataset.state !== "proposed") return;
  const theirs = wordsOf(page);
  const at = Number(now.dataset.version);
  const notice = document.createElement("p");
  notice.className = "notice warn";
  notice.setAttribute("role", "alert");
  notice.textContent = box.dataset.said.replace("{by}", now.dataset.by);
  const buttons = document.createElement("p");
  buttons.className = "buttons";
  const mine = typed();
  const [here, there] = [mine, theirs].map((words) => NAMES.filter((name) => words[name] !== base[name] && name !== "who_pk"));
  if (!here.some((name) => there.includes(name))) {
    buttons.append(
      button(box.dataset.both, () => {
        fill(Object.fromEntries(NAMES.map((name) => [name, here.includes(name.replace("_pk", "")) ? mine[name] : theirs[name]])));
        base = theirs;
        field("version").value = at;
        keep();
        submit();
      }),
    );
  }
  buttons.append(
    button(box.dataset.theirs, () => {
      fill(theirs);
      settle(typed(), at);
      close();
    }),
    button(box.dataset.mine, () => {
      base = theirs;
      field("version").value = at;
      keep();
      submit();
    }),
  );
  box.replaceChildren(notice, document.importNode(compared.content, true), buttons);
  box.hidden = false;
}

/** The saved state has come anew: take it over where nobody is at work, show it beside one's own words where somebody is. */
function arrived() {
  const now = stands();
  if (!now || sending()) return undefined;
  if (now.dataset.state !== "proposed") {
    if (!dirty()) location.reload(); // adopted or withdrawn: nothing is worded here any more
    return undefined;
  }
  const at = Number(now.dataset.version);
  if (at < version()) return undefined;
  if (dirty()) return at > version() ? showOther() : undefined;
  const words = wordsOf(part);
  const same = at === version() && NAMES.every((name) => words[name] === typed()[name]);
  if (same) return undefined; // what somebody has just selected, to write over it, stays selected
  fill(words);
  return settle(typed(), at);
}

if (form && box && part) {
  giveBack();
  if (dirty()) arrived();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.dataset.again = ""; // one may save as often as one writes: the version keeps a second press from doing anything twice
  form.addEventListener(
    "submit",
    (event) => {
      sent = typed();
      if (dirty()) return;
      event.preventDefault(); // a second press of the same: there is nothing to save
      event.stopPropagation();
    },
    { capture: true },
  );
  document.addEventListener("command:done", (event) => {
    if (event.detail.form !== form) return;
    settle(sent ?? typed(), version() + 1);
    close();
    arrived();
  });
  document.addEventListener("command:refused", (event) => {
    if (event.detail.form === form && event.detail.body?.version) showOther();
  });
  document.addEventListener("live:part", (event) => event.detail.part === part && arrived());
  window.addEventListener("beforeunload", (event) => dirty() && event.preventDefault());
}
