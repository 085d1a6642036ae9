// Taking a remark with new words: what is typed is kept in this browser until it is saved; when somebody else has changed the part
// meanwhile, their words are shown below one's own, and saving again is a choice made with both in view. Nothing typed is lost.

const account = document.documentElement.dataset.account ?? "";
const place = `remark:${account}:${location.pathname}`;
const editor = document.querySelector("form[data-command='remark.take'] rich-text");

/** The page as it stands on the server now, or null. */
async function fresh() {
  const response = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  return response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
}

async function showTheirs(form) {
  const version = form.elements.namedItem("block_version");
  const present = (await fresh())?.querySelector("template[data-present]");
  if (!present || present.dataset.present === version.value) return;
  version.value = present.dataset.present;
  form.elements.namedItem("seen").value = present.dataset.seal;
  const theirs = form.querySelector("[data-theirs]");
  theirs.querySelector(".reading").replaceChildren(document.importNode(present.content, true));
  theirs.hidden = false;
}

document.addEventListener("command:refused", ({ detail: { form } }) => {
  if (form.dataset.command === "remark.take" && form.elements.namedItem("block_version")) showTheirs(form);
});

if (editor && account) {
  await customElements.whenDefined("rich-text");
  const kept = localStorage.getItem(place);
  if (kept && kept !== editor.value) {
    editor.value = kept;
    const note = document.querySelector("[data-kept-note]");
    if (note) note.hidden = false;
  }
  editor.addEventListener("input", () => localStorage.setItem(place, editor.value));
  document.addEventListener("command:done", ({ detail: { form } }) => {
    if (form.dataset.command.startsWith("remark.")) localStorage.removeItem(place);
  });
}
