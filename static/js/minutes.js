// The page of the minutes: a saved block is put in its place again without touching what is being typed in the others; when
// somebody else was faster, their text is shown beside one's own, and nothing typed is lost.

const blockOf = (form) => form.closest("[data-block]");
const changed = (form) => [...form.elements].some((one) => one.type !== "hidden" && "defaultValue" in one && one.value !== one.defaultValue);
const unsaved = () => [...document.querySelectorAll("[data-block] form[data-command]")].some(changed);

/** The block as it stands on the server now, or null. */
async function fetched(block) {
  const response = await fetch(block.dataset.block, { credentials: "same-origin" }).catch(() => null);
  if (!response?.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector("[data-block]");
}

async function replace(block) {
  const fresh = await fetched(block);
  if (!fresh) return location.reload();
  const adopted = document.adoptNode(fresh);
  block.replaceWith(adopted);
  adopted.querySelector("summary")?.focus();
}

/** Show what the other wrote; saving again is then a choice made with both texts in view. */
async function showTheirs(form) {
  const fresh = await fetched(blockOf(form));
  if (!fresh || fresh.dataset.version === form.elements.namedItem("version").value) return;
  form.elements.namedItem("version").value = fresh.dataset.version;
  form.querySelector("[data-theirs]").replaceChildren(...document.adoptNode(fresh.querySelector("[data-shown]")).childNodes);
  form.querySelector("[data-other]").hidden = false;
}

document.addEventListener("command:done", (event) => {
  const block = blockOf(event.detail.form);
  if (block) {
    event.preventDefault(); // stay on the page
    replace(block);
  }
});
document.addEventListener("command:refused", (event) => {
  if (blockOf(event.detail.form)) showTheirs(event.detail.form);
});
document.addEventListener("click", (event) => {
  const closing = event.target.closest?.("[data-close-edit]");
  if (closing) closing.closest("details").open = false;
  const taking = event.target.closest?.("[data-take-theirs]");
  if (taking) replace(blockOf(taking));
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved()) event.preventDefault();
});
