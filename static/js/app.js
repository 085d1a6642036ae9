// What every page loads.

import "./clock.js";
import "./commands.js";
import "./dialog.js";
import "./list.js";

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

// A script that was lost on its way would leave a live page without life and without a word: say so, and load the page anew.
window.addEventListener("load", () => {
  if (!document.querySelector("live-feed") || customElements.get("live-feed")) return;
  document.documentElement.dataset.stale = "";
  for (const notice of document.querySelectorAll("[data-when-stale]")) notice.hidden = false;
  const last = Number(sessionStorage.getItem("reloaded")) || 0;
  setTimeout(
    () => {
      sessionStorage.setItem("reloaded", String(Date.now()));
      location.reload();
    },
    Math.max(3_000, last + 30_000 - Date.now()),
  );
});

// On a narrow screen the rail is a row that scrolls: begin with the present page in sight.
document.querySelector(".rail [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
