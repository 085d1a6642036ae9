// The form of a paper: what is typed and not saved is kept in this tab and comes back after a reload; as long as it is not saved, the
// paper beside it does not have it, so it is not approved.

const form = document.querySelector("form[data-command='paper.edit']");
const account = document.documentElement.dataset.account ?? "";
const PREFIX = `paper:${account}:`;

if (form && account) customElements.whenDefined("rich-text").then(begin);

function begin() {
  const place = (rich) => `${PREFIX}${location.pathname}:${rich.getAttribute("name")}`;
  const riches = [...form.querySelectorAll("rich-text")];
  let isBack = false;
  for (const rich of riches) {
    const kept = sessionStorage.getItem(place(rich));
    if (kept === null) continue;
    try {
      if (kept !== rich.value) {
        rich.value = kept;
        isBack = true;
      }
    } catch {
      sessionStorage.removeItem(place(rich)); // of an older form: it cannot be read any more
    }
  }
  if (isBack) mark(riches, true);

  form.addEventListener("input", (event) => {
    const rich = event.target.closest?.("rich-text");
    if (rich) sessionStorage.setItem(place(rich), rich.value);
    mark(riches, false);
  });
  form.addEventListener("change", () => mark(riches, false));
  document.addEventListener("command:done", (event) => {
    if (event.detail.form !== form) return;
    for (const rich of riches) sessionStorage.removeItem(place(rich));
  });
}

const isOther = (one) => (one.type === "checkbox" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue);

/** Say whether the paper has what stands in the form, and hold its approval back while it has not. */
function mark(riches, isBack) {
  const plain = [...form.querySelectorAll("input:not([type=hidden]), textarea")].filter((one) => !one.closest("rich-text"));
  const isUnsaved = plain.some(isOther) || riches.some((one) => one.dirty);
  for (const line of document.querySelectorAll("[data-unsaved]")) line.hidden = !isUnsaved;
  for (const line of document.querySelectorAll("[data-back]")) line.hidden = !isUnsaved || (line.hidden && !isBack);
  for (const button of document.querySelectorAll("form[data-command='paper.approve'] button")) button.disabled = isUnsaved;
}
