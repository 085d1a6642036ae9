// Trees in a table: <a class="twig" data-branch="address" aria-expanded="false"> in a row fetches the rows below it once, puts
// them behind its own and hides them again. Without this script the link leads to the page of what stands below.

const rowOf = (twig) => twig.closest("tr");

/** The rows below a row: those that follow with a deeper level. */
function below(row) {
  const level = Number(row.dataset.level ?? 0);
  const rows = [];
  for (let next = row.nextElementSibling; next && Number(next.dataset.level ?? 0) > level; next = next.nextElementSibling) rows.push(next);
  return rows;
}

async function unfold(twig) {
  const row = rowOf(twig);
  if (twig.dataset.loaded === undefined) {
    twig.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(twig.dataset.branch, { headers: { Accept: "text/html" } });
      if (!response.ok || response.redirected) return location.assign(twig.href);
      row.insertAdjacentHTML("afterend", await response.text());
      twig.dataset.loaded = "";
      row.dispatchEvent(new CustomEvent("branch:loaded", { bubbles: true }));
    } catch {
      return undefined; // no line just now: the next press tries again
    } finally {
      twig.removeAttribute("aria-busy");
    }
  }
  for (const one of below(row)) one.hidden = Number(one.dataset.level) > Number(row.dataset.level ?? 0) + 1;
  return twig.setAttribute("aria-expanded", "true");
}

function foldIn(twig) {
  for (const one of below(rowOf(twig))) {
    one.hidden = true;
    one.querySelector(".twig[aria-expanded=true]")?.setAttribute("aria-expanded", "false");
  }
  twig.setAttribute("aria-expanded", "false");
}

document.addEventListener("click", (event) => {
  const twig = event.target.closest?.(".twig[data-branch]");
  if (!twig || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (twig.getAttribute("aria-expanded") === "true") foldIn(twig);
  else unfold(twig);
});
document.addEventListener("keydown", (event) => {
  const twig = event.target.closest?.(".twig[data-branch]");
  if (!twig) return;
  const open = twig.getAttribute("aria-expanded") === "true";
  if (event.key === " " || (event.key === "ArrowRight" && !open) || (event.key === "ArrowLeft" && open)) {
    event.preventDefault();
    twig.click();
  }
});

// Choosing rows: <input data-all="bridge_points"> ticks all that are shown; <span data-count="bridge_points"> says how many are.
const boxesOf = (name) => [...document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"][form]`)];

function count(name) {
  const boxes = boxesOf(name).filter((box) => box.checked);
  for (const place of document.querySelectorAll(`[data-count="${CSS.escape(name)}"]`)) {
    place.textContent = String(boxes.length);
    const box = place.closest("details");
    if (box && boxes.length && !box.dataset.opened) {
      box.open = true; // once: who closes it has seen it
      box.dataset.opened = "";
    }
  }
}

document.addEventListener("change", (event) => {
  const { target } = event;
  if (!(target instanceof HTMLInputElement) || target.type !== "checkbox") return;
  if (target.dataset.all) {
    for (const box of boxesOf(target.dataset.all)) if (!box.closest("[hidden]")) box.checked = target.checked;
    count(target.dataset.all);
  } else if (target.hasAttribute("form")) count(target.name);
});
