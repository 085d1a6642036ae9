// Slips with one-time passwords: <button data-slips> posts its form and saves the PDF that comes back, the only time the
// passwords are shown; <button data-ask="What will happen"> asks first. <input data-all-of="accounts"> ticks a whole list.
// Without this script the forms post plainly: the browser saves the file itself.

import { confirmed } from "./dialog.js";
import { toast } from "./toast.js";

const busy = new WeakSet();

async function answerTo(form, button) {
  const response = await fetch(button.formAction, {
    method: "POST",
    body: new FormData(form, button),
    credentials: "same-origin",
    headers: { Accept: "application/pdf, application/json" },
  });
  const isFile = response.ok && response.headers.get("Content-Type") === "application/pdf";
  if (isFile) return { file: await response.blob(), name: /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition"))?.[1] };
  const told = await response.json().catch(() => ({}));
  return { reason: told.reason };
}

/** The file is in the page until the page is left: it can be saved again as long as that. */
function hand(form, { file, name }) {
  const box = document.querySelector("[data-handed]");
  const link = box.querySelector("a[download]");
  link.href = URL.createObjectURL(file);
  link.download = name || "phieu-tai-khoan.pdf";
  for (const part of document.querySelectorAll("[data-before-slips]")) part.hidden = true;
  box.hidden = false;
  box.focus();
  link.click();
}

async function handOut(form, button) {
  if (busy.has(form)) return;
  busy.add(form);
  button.setAttribute("aria-busy", "true");
  const box = document.querySelector("[data-handed]");
  const say = toast("waiting", box.dataset.waiting);
  try {
    const answer = await answerTo(form, button);
    if (answer.file) {
      say("gone");
      hand(form, answer);
    } else {
      say("refused", answer.reason || box.dataset.lost);
    }
  } catch {
    say("refused", box.dataset.lost); // the line broke: the passwords may have been made, and nobody has them
  } finally {
    busy.delete(form);
    button.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button || !("slips" in button.dataset || "ask" in button.dataset)) return;
  event.preventDefault();
  const form = event.target;
  const { ask, askTitle, askDo } = button.dataset;
  if (ask && !(await confirmed({ confirm: ask, confirmTitle: askTitle, confirmDo: askDo }))) return;
  if ("slips" in button.dataset) return handOut(form, button);
  form.action = button.formAction;
  form.submit();
});

document.addEventListener("change", (event) => {
  const name = event.target.dataset?.allOf;
  if (!name) return;
  const scope = event.target.closest("[data-choices]");
  for (const box of scope.querySelectorAll(`input[name="${name}"]`)) box.checked = event.target.checked;
});
