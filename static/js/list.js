// Lists that are whole in the page: search, filter, sort, and the visible rows as a CSV file.
// <input data-search="list id">, <select data-filter="list id" data-key="state">, <button class="sort" data-sort="2">,
// <button data-export="list id" data-name="programme.csv">; rows are the children of the list (tbody, ul), with data-state etc.

const collator = new Intl.Collator(document.documentElement.lang || "vi", { numeric: true });

/** Letters without their marks, so that "lao cai" finds Lào Cai. */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

function controlsOf(id) {
  return {
    search: document.querySelector(`[data-search="${id}"]`),
    filters: document.querySelectorAll(`[data-filter="${id}"]`),
    empty: document.querySelector(`[data-empty="${id}"]`),
    shown: document.querySelector(`[data-shown="${id}"]`),
  };
}

/** Show the rows that match the list's controls. */
export function apply(id) {
  const list = document.getElementById(id);
  if (!list) return;
  const { search, filters, empty, shown } = controlsOf(id);
  const words = fold(search?.value ?? "").split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of list.children) {
    const text = fold(row.dataset.text ?? row.textContent);
    const found = words.every((word) => text.includes(word));
    const kept = [...filters].every((one) => !one.value || row.dataset[one.dataset.key] === one.value);
    const hidden = !(found && kept);
    if (row.hidden !== hidden) row.hidden = hidden;
    left += hidden ? 0 : 1;
  }
  if (empty) empty.hidden = left > 0;
  if (shown) shown.textContent = String(left);
}

function sortBy(button) {
  const head = button.closest("th");
  const body = head.closest("table").tBodies[0];
  const column = head.cellIndex;
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const rows = [...body.rows].sort((a, b) => collator.compare(value(a), value(b)) * (down ? -1 : 1));
  body.append(...rows);
}

function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text; // a spreadsheet must not take a name for a formula
  return `"${safe.replaceAll('"', '""')}"`;
}

function saveAs(id, name) {
  const table = document.getElementById(id).closest("table");
  const kept = [...table.rows].filter((row) => !row.hidden);
  const lines = kept.map((row) =>
    [...row.cells]
      .filter((one) => one.dataset.export !== "no")
      .map((one) => cell((one.dataset.value ?? one.textContent).replace(/\s+/g, " ").trim()))
      .join(","),
  );
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", lines.join("\r\n")], { type: "text/csv" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

document.addEventListener("input", (event) => {
  const id = event.target.dataset?.search ?? event.target.dataset?.filter;
  if (id) apply(id);
});
document.addEventListener("click", (event) => {
  const sort = event.target.closest?.("button.sort");
  if (sort) sortBy(sort);
  const file = event.target.closest?.("[data-export]:is(button)");
  if (file) saveAs(file.dataset.export, file.dataset.name);
});
// A live part that was refreshed brings its rows unfiltered.
document.addEventListener("live:part", () => {
  for (const control of document.querySelectorAll("[data-search], [data-filter]")) {
    apply(control.dataset.search ?? control.dataset.filter);
  }
});
