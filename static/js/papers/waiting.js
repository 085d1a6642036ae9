// The page of one paper loads anew when its reading copy is there, or a file has just been sent; never over words half typed.

import { busy } from "../morph.js";

const SOON = 2_000;
const typing = () => [...document.querySelectorAll("main form[data-command]")].some(busy);

async function look() {
  const here = document.getElementById("waiting");
  if (here?.dataset.waiting !== "1") return;
  setTimeout(look, SOON);
  if (document.hidden) return;
  try {
    const response = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
    if (!response.ok || response.redirected) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("waiting");
    if (fresh && fresh.dataset.waiting !== "1" && !typing()) location.reload();
    else if (fresh) here.innerHTML = fresh.innerHTML;
  } catch {
    // No line: the next look will tell.
  }
}
setTimeout(look, SOON);

document.addEventListener("papers:changed", () => {
  if (!typing()) setTimeout(() => location.reload(), 600);
});
