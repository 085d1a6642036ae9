// The check of a printed paper: the SHA-256 of a file the reader drops here, worked out in the browser and compared with the
// one the page shows. The file never leaves the reader's machine.

const box = document.querySelector("[data-expected]");
const input = box?.querySelector("input[type=file]");
const drop = box?.querySelector(".drop") ?? box;

function show(name) {
  for (const answer of box.querySelectorAll("[data-answer]")) answer.hidden = answer.dataset.answer !== name;
}

async function digest(file) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function compare(file) {
  if (!file) return;
  show("working");
  const found = await digest(file);
  for (const place of box.querySelectorAll("[data-found]")) place.textContent = found;
  show(found === box.dataset.expected.toLowerCase() ? "same" : "different");
}

if (box && input) {
  // Browsers hash only on secure origins (https, or this machine itself): elsewhere say so at once.
  if (!globalThis.crypto?.subtle) show("impossible");
  input.addEventListener("change", () => compare(input.files[0]));
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.dataset.over = "";
  });
  box.addEventListener("dragleave", () => delete drop.dataset.over);
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    delete drop.dataset.over;
    compare(event.dataTransfer.files[0]);
  });
}
