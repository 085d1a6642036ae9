// The rows of sittings in a form: added and removed without a limit. Without this script empty rows stand ready.

import { dress } from "./moments.js";

function number(row, n) {
  for (const element of row.querySelectorAll("[id$=_N], [name$=_N], [for$=_N], [aria-describedby]")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replaceAll("_N", `_${n}`));
    }
  }
}

for (const box of document.querySelectorAll("[data-sittings]")) {
  const template = box.querySelector("template");
  const rows = () => [...box.querySelectorAll("[data-row]")];
  const isEmpty = (row) => [...row.querySelectorAll("input:not([type=hidden])")].every((input) => !input.value.trim());
  let last = 0;
  for (const input of box.querySelectorAll("[name^=starts_]")) last = Math.max(last, Number(input.name.slice(7)) || 0);
  for (const row of rows().slice(1)) if (isEmpty(row)) row.remove();
  const show = () => {
    for (const button of box.querySelectorAll("[data-remove]")) button.hidden = rows().length < 2;
  };
  const add = box.querySelector("[data-add]");
  add.hidden = false;
  add.addEventListener("click", () => {
    const row = template.content.firstElementChild.cloneNode(true);
    number(row, ++last);
    add.parentElement.before(row);
    dress(row);
    show();
    row.querySelector("input:not([type=hidden])").focus();
  });
  box.addEventListener("click", (event) => {
    const row = event.target.closest("[data-remove]")?.closest("[data-row]");
    if (!row) return;
    (row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : add).querySelector("input")?.focus();
    row.remove();
    show();
  });
  show();
}
