// What is being typed in blocks of the minutes, in the browser's own store (IndexedDB) until the server has it: over a reload, a
// killed browser, a cut line. One entry a block, of this account and meeting alone; gone as soon as the server has kept it.

const DATABASE = "diemcau-minutes";
const STORE = "typed";
const page = document.documentElement.dataset;
const owner = page.account && page.meeting ? `${page.account}|${page.meeting}` : "";
let opening = null;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function stored(mode, work) {
  if (!owner || !("indexedDB" in window)) return undefined;
  const transaction = (await database()).transaction(STORE, mode, { durability: "strict" });
  const request = work(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const idOf = (key) => `${owner}|${key}`;

/** Keep what is typed in a block: {key, url, serial, version, heading, body, text, at}. */
export const put = (typed) => stored("readwrite", (store) => store.put({ ...typed, id: idOf(typed.key), owner })).catch(() => null);

/** Forget it, unless something newer has been typed meanwhile. */
export async function drop(key, serial) {
  const kept = await get(key);
  if (kept && kept.serial <= serial) await stored("readwrite", (store) => store.delete(idOf(key))).catch(() => null);
}

export const get = (key) => stored("readonly", (store) => store.get(idOf(key))).catch(() => undefined);

/** All that waits to be sent from this browser, for this account and meeting. */
export async function waiting() {
  const all = (await stored("readonly", (store) => store.getAll()).catch(() => [])) ?? [];
  return all.filter((typed) => typed.owner === owner);
}

/** Nobody who signs in on this machine after me finds what I typed. */
async function clearOthers() {
  const account = owner.split("|")[0];
  const all = (await stored("readonly", (store) => store.getAll()).catch(() => [])) ?? [];
  for (const typed of all) {
    if (!typed.owner.startsWith(`${account}|`)) await stored("readwrite", (store) => store.delete(typed.id)).catch(() => null);
  }
}
clearOthers();
