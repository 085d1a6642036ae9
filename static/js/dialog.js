// Asks once before what cannot be undone: <form data-confirm="What will happen" data-confirm-title data-confirm-do>.

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

// Forms that are not commands (commands.js asks by itself) are held back until the answer.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.confirm || "command" in form.dataset || event.defaultPrevented) return;
  event.preventDefault();
  if (await confirmed(form.dataset)) form.submit();
});
