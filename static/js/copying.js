// <button data-copies="id of an element" data-copied="…" data-refused="…">: puts its text on the clipboard and says so.

import { toast } from "./toast.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    toast("done", button.dataset.copied);
  } catch {
    toast("refused", button.dataset.refused);
  }
});
