// Stands before all other scripts, alone: a part of the page that did not come (a line that broke off while the page was loading)
// leaves a page that looks whole and does nothing. Such a page is loaded once more by itself; if parts are missing again, it says
// so, and goes on trying as long as nobody has written anything in it.

{
  const KEY = "loaded-again"; // when this tab last loaded a page again by itself
  const CALM = 20_000; // ms between two tries
  const PARTS = 'script[type="module"], link[rel="stylesheet"]';
  let isMissing = false;
  let isWrittenIn = false;

  const again = () => {
    if (isWrittenIn || !navigator.onLine) return;
    sessionStorage.setItem(KEY, Date.now());
    location.reload();
  };

  const missing = () => {
    if (isMissing) return;
    isMissing = true;
    addEventListener("online", again);
    if (Date.now() - Number(sessionStorage.getItem(KEY)) > CALM) return again();
    setTimeout(again, CALM);
    document.documentElement.dataset.stale = ""; // a live page is none
    for (const notice of document.querySelectorAll("#incomplete, [data-when-stale]")) notice.hidden = false;
  };

  addEventListener("error", ({ target }) => target instanceof Element && target.matches(PARTS) && missing(), true);
  addEventListener("input", () => (isWrittenIn = true), true);
  for (const link of document.querySelectorAll('link[rel="stylesheet"]')) if (!link.sheet) missing();
}
