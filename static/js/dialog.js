// Boxes over the page: <form data-confirm="What will happen" data-confirm-title data-confirm-do> asks once before what cannot be
// undone; <button data-open="id" data-v-name="…"> opens <dialog id> with the fields of its form filled in (a
// <select data-options-of="id"> takes the options of another one); [data-close] closes.

/** Ask; resolves to true when the person says do it. */
export function confirmed({ confirm, confirmTitle, confirmDo }) {
  const dialog = document.getElementById("confirm");
  if (!dialog) return Promise.resolve(true);
  dialog.querySelector("h2").textContent = confirmTitle || confirm;
  const text = dialog.querySelector("[data-text]");
  text.textContent = confirm;
  text.hidden = !confirmTitle;
  dialog.querySelector("[value=yes]").textContent = confirmDo || dialog.dataset.do;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function fillIn(dialog, button) {
  const form = dialog.querySelector("form");
  for (const old of form.querySelectorAll("[data-from-command]")) old.remove();
  for (const select of form.querySelectorAll("[data-options-of]:empty")) {
    for (const option of document.getElementById(select.dataset.optionsOf).options) select.append(option.cloneNode(true));
  }
  for (const { name, value } of button.attributes) {
    if (!name.startsWith("data-v-")) continue;
    const control = form.elements.namedItem(name.slice("data-v-".length));
    if (!control) continue;
    if (control.type === "checkbox") control.checked = value !== "";
    else control.value = value;
    for (const same of dialog.querySelectorAll(`[data-same="${control.name}"]`)) same.value = value;
    control.removeAttribute("aria-invalid");
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.open);
    fillIn(dialog, opener);
    dialog.showModal();
  }
  event.target.closest?.("[data-close]")?.closest("dialog").close();
});

// Forms that are not commands (commands.js asks by itself) are held back until the answer.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.confirm || "command" in form.dataset || event.defaultPrevented) return;
  event.preventDefault();
  if (await confirmed(form.dataset)) form.submit();
});
