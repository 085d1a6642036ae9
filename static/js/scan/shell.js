// Keeps the page itself for times without a line: a service worker under /s/, storage that the browser does not clear by itself.

/** Begin keeping. Where a page is not secure (plain http), browsers offer neither. */
export async function keepShell() {
  navigator.storage?.persist?.().catch(() => null);
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/s/worker.js", { scope: "/s/", updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => (document.querySelector(".scan").dataset.kept = "");
    active.postMessage({ keep: location.pathname }, [channel.port2]);
  } catch {
    // A browser in which nothing may be kept: the page goes on as long as it is open.
  }
}
