// What every page loads.

import "./clock.js";
import "./commands.js";
import "./dialog.js";
import "./drafts.js";
import "./list.js";
import "./pick.js";
import "./tree.js";

// A page the browser shows again without asking (going back) may be old, and the session over: ask. What it puts aside as it
// stands is put aside blank, so that nothing is seen before the answer.
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
  const [{ transferSize }] = performance.getEntriesByType("navigation");
  if (transferSize === 0) location.reload();
}
window.addEventListener("pagehide", (event) => {
  if (event.persisted) document.documentElement.hidden = true;
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Menus close when one goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.more[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
// A select with data-go leads on by itself (the console of another bridge point).
document.addEventListener("change", (event) => {
  if ("go" in (event.target.dataset ?? {})) location.assign(event.target.value);
});

// On a narrow screen the rail and the tabs are rows that scroll: begin with the present page in sight.
for (const here of document.querySelectorAll(".rail [aria-current], .tabs > [aria-current]")) {
  here.scrollIntoView({ block: "nearest", inline: "center" });
}
