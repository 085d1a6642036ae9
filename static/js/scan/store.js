// What a device keeps in its browser (IndexedDB): the scans it has not handed in, its list, and what it knows of people since.
// Everything is safely written before it is answered for. Scans of other addresses opened in this browser are kept and sent too.

const NAME = "diemcau-scan";
const STORES = { queue: "key", kept: "id", said: "id" };

let opening = null;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) request.result.createObjectStore(store, { keyPath });
    };
    request.onsuccess = () => {
      request.result.onclose = request.result.onversionchange = () => {
        request.result.close();
        opening = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** Run `work(store)` in one transaction; returns what its request has found, once all of it is safely on the disk. */
async function stored(name, mode, work) {
  const transaction = (await database()).transaction(name, mode, { durability: "strict" });
  const request = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const read = (name, work) => stored(name, "readonly", work);
const write = (name, work) => stored(name, "readwrite", work);

/** Every scan not handed in yet, of any address, in the order in which they were read. */
export async function waiting() {
  const all = await read("queue", (store) => store.getAll());
  return all.sort((a, b) => a.made - b.made || a.turn - b.turn);
}

export const keep = (entry) => write("queue", (store) => store.put(entry));

/** Change a scan that still waits; nothing when it has been answered meanwhile. */
export const amend = (key, changes) =>
  write("queue", (store) => {
    const request = store.get(key);
    request.onsuccess = () => request.result && store.put({ ...request.result, ...changes });
    return request;
  });

export const drop = (keys) =>
  write("queue", (store) => {
    for (const key of keys) store.delete(key);
  });

/** The next turn of a device: counts up whatever its clock does, and over tabs. */
export async function nextTurn(token) {
  let turn = 1;
  await write("kept", (store) => {
    const request = store.get(`turn ${token}`);
    request.onsuccess = () => {
      turn = (request.result?.turn ?? 0) + 1;
      store.put({ id: `turn ${token}`, turn });
    };
    return request;
  });
  return turn;
}

export const listOf = (token) => read("kept", (store) => store.get(`list ${token}`)).then((row) => row?.list ?? null);
export const keepList = (token, list) => write("kept", (store) => store.put({ id: `list ${token}`, list }));

/** How people of the meeting stand since the list was made, as this device has told or been told: [{id, person, state, site, at, …}]. */
export const said = async (token) => (await read("said", (store) => store.getAll())).filter((row) => row.token === token);
export const say = (token, row) => write("said", (store) => store.put({ ...row, token, id: `${token} ${row.person}` }));
export const unsay = (rows) =>
  write("said", (store) => {
    for (const { id } of rows) store.delete(id);
  });

/** Forget the list, the keys and what is known of people: the address has been revoked. Scans stay until they are handed in. */
export async function forget(token) {
  await write("kept", (store) => store.delete(`list ${token}`));
  await unsay(await said(token));
}
