// Somebody else has saved the block one is typing in: both texts are shown, and one chooses; only then is anything saved.

async function fetched(editing, typed) {
  const data = new FormData();
  for (const name of ["version", "heading", "body", "text"]) data.set(name, typed[name]);
  const response = await fetch(editing.dataset.compare, {
    method: "POST",
    body: data,
    credentials: "same-origin",
    headers: { Accept: "text/html", "X-CSRFToken": document.querySelector("meta[name=csrf-token]")?.content ?? "" },
  }).catch(() => null);
  if (!response?.ok || response.redirected) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".conflict");
}

/** Show both texts; `fill` puts words into the form, `after` keeps them, `gone` ends the work when nothing is left to save. */
export async function showConflict(editing, typed, { fill, after, gone }) {
  const fresh = await fetched(editing, typed);
  const place = editing.querySelector("[data-conflict]");
  if (!fresh || !place) return;
  const shown = document.adoptNode(fresh);
  place.replaceChildren(shown);
  editing.querySelector("[data-newer]")?.setAttribute("hidden", "");
  shown.scrollIntoView({ block: "nearest" });
  shown.querySelector("button")?.focus();
  const value = (name) => shown.querySelector(`[data-${name}]`)?.value ?? "";
  shown.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    if ("takeTheirs" in pressed.dataset) return gone();
    const form = editing.querySelector("form[data-command]");
    form.elements.namedItem("version").value = shown.dataset.version;
    form.elements.namedItem("seen").value = shown.dataset.seen;
    if ("merge" in pressed.dataset) fill(editing, { body: value("merged") });
    place.replaceChildren();
    for (const told of form.querySelectorAll("[data-from-command]")) told.remove(); // it has been judged
    after();
    editing.scrollIntoView({ block: "nearest" });
    form.querySelector(".buttons button.primary")?.focus({ preventScroll: true });
  });
}
