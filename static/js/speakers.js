// The sheet of one line of the list of speakers, for who gives the floor. It stands outside the live parts: what it is about is
// taken when it is opened and stays, however the list moves meanwhile; when a press is refused because the list has changed, it
// shows where the line stands now and keeps the reason. <li data-wish="17" data-version="3">, [data-line-sheet] opens.

const sheet = document.getElementById("line-sheet");

const lines = () => [...document.querySelectorAll("li[data-wish]:not([data-running])")].map((row) => row.dataset.wish);
const rowOf = (id) => document.querySelector(`li[data-wish="${CSS.escape(id)}"]`);
const textOf = (element) => element?.textContent.trim().replace(/\s+/g, " ") ?? "";

/** Whether a line waits: who speaks already can only be named. */
const waits = (row) => row && !("running" in row.dataset);

/** In front of which line each button puts this one: nothing means the end; null that it stands there already. */
function ways(id) {
  const all = lines();
  const at = all.indexOf(id);
  const rest = all.filter((one) => one !== id);
  return {
    first: at > 0 ? rest[0] : null,
    up: at > 0 ? rest[at - 1] : null,
    down: at < rest.length ? (rest[at + 1] ?? "") : null,
    last: at < rest.length ? "" : null,
  };
}

function take(row) {
  const { wish: id, version = "" } = row.dataset;
  const at = lines().indexOf(id);
  sheet.dataset.wish = id;
  sheet.querySelector("h2").textContent = textOf(row.querySelector(".name") ?? row.querySelector(".grow"));
  const place = waits(row) ? sheet.dataset.place.replace("{n}", at + 1).replace("{total}", lines().length) : "";
  sheet.querySelector("[data-about]").textContent = [place, textOf(row.querySelector(".reason"))].filter(Boolean).join(" · ");
  for (const form of sheet.querySelectorAll("form[data-command]")) {
    form.hidden = !waits(row) && form.dataset.command !== "floor.name";
    const held = { request: id, version, ending: document.querySelector("[data-speech]")?.dataset.speech ?? "" };
    for (const [name, value] of Object.entries(held)) if (form.elements[name]) form.elements[name].value = value;
  }
  const to = ways(id);
  for (const button of sheet.querySelectorAll("[data-to]")) {
    button.disabled = to[button.dataset.to] === null;
    button.value = to[button.dataset.to] ?? "";
  }
  sheet.querySelector("[data-if-pinned]").hidden = !("pinned" in row.dataset);
}

/** Whom the bridge point of a line can name. */
async function bring(row) {
  const holder = sheet.querySelector("[data-if-people]");
  holder.hidden = true;
  const address = row.dataset.people;
  if (!address) return;
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!response.ok || response.redirected || sheet.dataset.wish !== row.dataset.wish) return;
    const { people } = await response.json();
    holder.querySelector("select").replaceChildren(...people.map(({ id, name }) => new Option(name, id)));
    holder.hidden = people.length === 0;
  } catch {
    // no line just now: the other steps stay
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-line-sheet]");
  if (opener && sheet) {
    const row = opener.closest("[data-wish]");
    for (const old of sheet.querySelectorAll("[data-from-command]")) old.remove();
    sheet.querySelector("[name=reason]").value = "";
    sheet.querySelector("[data-changed]").hidden = true;
    take(row);
    bring(row);
    sheet.showModal();
  }
  const reason = event.target.closest?.("[data-reason]");
  if (reason) reason.closest("form").elements.reason.value = reason.textContent.trim();
});

const isOurs = (event) => sheet?.contains(event.detail.form);

document.addEventListener("command:done", (event) => {
  if (isOurs(event)) sheet.close();
});

// Somebody else was faster: the line as it stands now, the reason as it was typed.
function followOn() {
  const row = rowOf(sheet.dataset.wish);
  if (!row || !waits(row)) return;
  take(row);
  sheet.querySelector("[data-changed]").hidden = false;
}

document.addEventListener("command:refused", (event) => {
  if (isOurs(event) && event.detail.status === 409) followOn();
});

// The list may come a moment after the refusal.
document.addEventListener("live:part", () => {
  if (sheet?.open && !sheet.querySelector("[data-changed]").hidden) followOn();
});
