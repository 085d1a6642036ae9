// Files are sent in chunks by tus: dropped on an item, on a paper or anywhere, or chosen with a button. Each has its line with
// progress and what was said of it; after a cut line, or when the same file is dropped again, it goes on from where it was.

const CHUNK = 1024 * 1024; // what a cut line costs at most
const AT_ONCE = 3;
const PATIENCE = 10_000; // ms for which a file that has arrived waits for those dropped before it, so that they keep their order
const RETRIES = [0, 1000, 2000, 4000, 8000, 15_000, 15_000, 30_000, 30_000, 60_000, 60_000, 60_000];
const MIB = 1024 * 1024;
const KEPT = "upload:"; // addresses of half files, in this browser: no name of a file stands there

const panel = document.getElementById("uploads");
const list = panel.querySelector("ul");
const chooser = document.getElementById("pick-files");
const hint = document.getElementById("drop-hint");
const words = document.getElementById("upload-words").content;
const account = document.documentElement.dataset.account ?? "";
const say = (name, values = {}) =>
  (words.querySelector(`[data-word="${name}"]`)?.textContent ?? name).replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";
const size = (bytes) =>
  bytes >= MIB
    ? `${new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(bytes / MIB)} MB`
    : `${Math.max(1, Math.round(bytes / 1024))} KB`;

const all = []; // {file, wish, line, state, tus}
let running = 0;

// --- what is remembered of half files: their address, under a hash of what they are

/** FNV-1a, twice: enough to tell a person's files apart, and it works without a secure origin. */
function hash(text) {
  const [a, b] = [...text].reduce(
    ([one, other], letter) => {
      const code = letter.codePointAt(0);
      return [Math.imul(one ^ code, 0x01000193), Math.imul(other ^ code, 0x85ebca6b) ^ (other >>> 13)];
    },
    [0x811c9dc5, 0x9747b28c],
  );
  return (a >>> 0).toString(16).padStart(8, "0") + (b >>> 0).toString(16).padStart(8, "0");
}

const memory = {
  findAllUploads: async () => [],
  findUploadsByFingerprint: async (print) => {
    try {
      const uploadUrl = localStorage.getItem(KEPT + print);
      return uploadUrl ? [{ uploadUrl, urlStorageKey: print, size: null, metadata: {}, creationTime: "" }] : [];
    } catch {
      return [];
    }
  },
  addUpload: async (print, upload) => {
    try {
      localStorage.setItem(KEPT + print, upload.uploadUrl);
    } catch {
      // A full or forbidden store: the file is sent from its beginning next time.
    }
    return print;
  },
  removeUpload: async (print) => {
    try {
      localStorage.removeItem(KEPT + print);
    } catch {
      // as above
    }
  },
};

// --- lines

function lineFor(file, wish) {
  const line = document.getElementById("upload-line").content.firstElementChild.cloneNode(true);
  line.querySelector(".name").textContent = file.name;
  line.querySelector(".where").textContent = wish.label;
  line.querySelector("[data-cancel] .sr").textContent = `${say("cancel")}: ${file.name}`;
  list.append(line);
  return line;
}

function tell(one, state, text, tone = "") {
  one.state = state;
  one.line.dataset.state = state;
  one.line.querySelector(".shape").className = `shape ${tone}`;
  const said = one.line.querySelector(".said");
  if (said.textContent !== text) said.textContent = text;
  one.line.querySelector(".progress").hidden = !["waits", "sends"].includes(state);
  one.line.querySelector("[data-again]").hidden = state !== "refused" || one.final === true;
  if (!["waits", "sends"].includes(state)) {
    one.line.querySelector(".far").textContent = "";
    one.line.querySelector("[data-cancel] .sr").textContent = `${say("hide")}: ${one.file.name}`;
  }
  title();
}

function title() {
  const left = all.filter((one) => ["waits", "sends"].includes(one.state)).length;
  const bad = all.filter((one) => one.state === "refused").length;
  const good = all.filter((one) => ["taken", "ready"].includes(one.state)).length;
  const text = left ? say("title-busy", { left, all: all.length }) : bad ? say("title-bad", { n: good, bad }) : say("title-done", { n: good });
  const head = panel.querySelector("h2");
  if (head.textContent !== text) head.textContent = text;
  panel.querySelector("[data-stop]").hidden = left === 0;
  panel.querySelector("[data-clear]").hidden = good === 0;
  panel.hidden = all.length === 0;
}

// --- sending

/** Say no before anything is sent where that is known already. */
function objection(file) {
  if (file.size === 0) return say(file.type || file.name.includes(".") ? "empty" : "folder");
  if (file.size > Number(panel.dataset.largest) * MIB) return say("huge", { n: panel.dataset.largest });
  return "";
}

const inOrder = new Intl.Collator("vi", { numeric: true });

function add(files, wish) {
  for (const file of [...files].sort((a, b) => inOrder.compare(a.name, b.name))) {
    const one = { file, wish, line: lineFor(file, wish) };
    all.push(one);
    const no = objection(file);
    if (no) {
      one.final = true;
      tell(one, "refused", no, "bad");
    } else tell(one, "waits", say("waits"));
  }
  title();
  panel.scrollIntoView({ block: "nearest" });
  next();
}

function next() {
  while (running < AT_ONCE) {
    const one = all.find((other) => other.state === "waits");
    if (!one) return;
    running += 1;
    send(one);
  }
}

/** How a refusal is named for programs: “offset”, where the file has been sent further meanwhile. */
function wordIn(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).word ?? "";
  } catch {
    return "";
  }
}

function reasonIn(error) {
  const response = error?.originalResponse;
  if (!response) return "";
  try {
    return JSON.parse(response.getBody()).reason ?? "";
  } catch {
    return [200, 302, 401, 403].includes(response.getStatus()) ? say("signed-out") : "";
  }
}

function send(one) {
  tell(one, "sends", "");
  const { file, wish } = one;
  const { document: paper = "", item = "", speech = "", note = "", secrecy = "" } = wish;
  one.tus = new globalThis.tus.Upload(file, {
    endpoint: panel.dataset.url,
    chunkSize: CHUNK,
    retryDelays: RETRIES,
    metadata: Object.fromEntries(Object.entries({ filename: file.name, document: paper, item, speech, secrecy, note, waits: "1" }).filter(([, value]) => value)),
    fingerprint: async () => hash([account, panel.dataset.url, paper, item, speech, secrecy, file.name, file.size, file.lastModified].join("|")),
    urlStorage: memory,
    removeFingerprintOnSuccess: true,
    onBeforeRequest: (request) => {
      request.setHeader("X-CSRFToken", token());
      request.setHeader("Accept", "application/json");
    },
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      const again = status === 0 || (status === 409 && wordIn(error) === "offset") || status === 423 || (status >= 500 && status !== 507);
      if (again) tell(one, "sends", status === 0 ? say("retrying") : "", "warn");
      return again;
    },
    onProgress: (sent, whole) => {
      if (one.state !== "sends") return;
      if (one.line.querySelector(".said").textContent) tell(one, "sends", "");
      one.line.querySelector("progress").value = (sent / whole) * 100;
      one.line.querySelector(".far").textContent = say("sending", { sent: size(sent), size: size(whole) });
    },
    onError: (error) => {
      running -= 1;
      one.final = [400, 413, 415].includes(error.originalResponse?.getStatus()); // the same file would be refused again
      tell(one, "refused", reasonIn(error) || say("failed"), "bad");
      next();
    },
    onSuccess: async () => {
      running -= 1;
      next();
      await turnOf(one);
      if (all.includes(one)) await outcome(one);
    },
  });
  one.tus.findPreviousUploads().then((found) => {
    if (one.state !== "sends") return;
    if (found.length) one.tus.resumeFromPreviousUpload(found[0]);
    one.tus.start();
  });
}

/** Files become papers in the order in which they were dropped, unless one of them takes very long. */
async function turnOf(one) {
  const before = all.slice(0, all.indexOf(one));
  const until = performance.now() + PATIENCE;
  while (performance.now() < until && before.some((other) => all.includes(other) && ["waits", "sends"].includes(other.state))) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** All bytes are there: they become a version now. */
async function outcome(one) {
  try {
    const response = await fetch(one.tus.url, {
      method: "POST", headers: { Accept: "application/json", "Tus-Resumable": "1.0.0", "X-CSRFToken": token() }, credentials: "same-origin",
    }); // prettier-ignore
    const told = await response.json();
    if (told.state !== "taken") return tell(one, "refused", told.reason ?? say("failed"), "bad");
    one.paper = told.paper;
    one.twin = told.twin;
    const text = say(told.version > 1 ? "taken-version" : "taken", { n: told.paper, v: told.version });
    tell(one, "taken", told.twin ? `${text} ${say("twin", { n: told.twin })}` : text, told.twin ? "warn" : "");
    const note = one.wish.target?.querySelector("[name=note]");
    if (note) note.value = ""; // it was about this version
    document.dispatchEvent(new CustomEvent("papers:changed"));
  } catch {
    tell(one, "refused", say("retrying"), "warn");
  }
  return undefined;
}

// What the desk shows of a paper is said at its file too.
document.addEventListener("papers:brought", follow);
function follow() {
  for (const one of all.filter((other) => other.state === "taken")) {
    const row = document.getElementById(`paper-${one.paper}`);
    const bad = row?.querySelector(".said.bad");
    if (!row || row.dataset.step.startsWith("wait")) continue;
    const more = one.twin ? ` ${say("twin", { n: one.twin })}` : "";
    if (bad) {
      one.final = true; // the same file would be refused again
      tell(one, "refused", bad.textContent, "bad");
    } else {
      const said = row.dataset.pages ? say("ready", { n: one.paper, pages: row.dataset.pages }) : "";
      tell(one, "ready", said + more, one.twin ? "warn" : "ok");
    }
  }
}

document.addEventListener("papers:changed", async () => {
  const desk = document.getElementById("papers-desk");
  if (!desk) return;
  const { bring } = await import("./desk.js");
  desk.dataset.busy = "1";
  bring().catch(() => {});
});

// --- stopping, sending again, clearing

function stop(one) {
  const was = one.state;
  one.state = "stopped";
  if (["sends", "refused"].includes(was)) one.tus?.abort(true).catch(() => {}); // half a file: the server forgets it too
  if (was === "sends") {
    running -= 1;
    next();
  }
  one.line.remove();
  all.splice(all.indexOf(one), 1);
  title();
}

panel.addEventListener("click", (event) => {
  const one = all.find((other) => other.line.contains(event.target));
  if (event.target.closest("[data-cancel]")) stop(one);
  if (event.target.closest("[data-again]")) {
    tell(one, "waits", say("waits"));
    next();
  }
  if (event.target.closest("[data-stop]")) for (const other of all.filter((each) => ["waits", "sends"].includes(each.state))) stop(other);
  if (event.target.closest("[data-clear]")) for (const other of all.filter((each) => ["taken", "ready"].includes(each.state))) stop(other);
});

addEventListener("beforeunload", (event) => {
  if (all.some((one) => ["waits", "sends"].includes(one.state))) event.preventDefault();
});

// --- where files go: a paper (its new version), an item, or the whole meeting

const onDesk = document.getElementById("papers-desk") !== null;

/** Files become papers of a registered speech; its unit says besides how secret they are, and what is new. */
function wishOf(talk) {
  const name = talk.querySelector(".name").textContent.trim();
  const [secrecy, note] = ["secrecy", "note"].map((field) => talk.querySelector(`[name=${field}]`)?.value ?? "");
  return { speech: talk.dataset.dropSpeech, secrecy, note, label: `→ ${name}`, name, target: talk };
}

/** What files become there; nothing where none may be dropped (the page of one paper takes one file, that of a secret one none). */
function wishAt(element, many = false) {
  const talk = onDesk ? element?.closest?.("[data-drop-speech]") : document.querySelector("[data-drop-speech]");
  if (talk && (onDesk || !many)) return wishOf(talk);
  if (!onDesk && (many || !document.querySelector("[data-drop-paper]"))) return null;
  const here = onDesk ? element?.closest?.("[data-drop-paper]") : document.querySelector("[data-drop-paper]");
  const paper = many ? null : here; // many files are papers of its item
  if (paper) {
    const { dropPaper, number } = paper.dataset;
    const note = paper.querySelector("[name=note]")?.value ?? "";
    return { document: dropPaper, number, note, label: `→ ${say("new-version", { n: number })}`, target: paper };
  }
  const group = element?.closest?.("[data-drop-item]");
  const heading = group?.querySelector("h2")?.cloneNode(true);
  heading?.querySelector(".count")?.remove();
  const name = heading?.textContent.replace(/\s+/g, " ").trim() || say("whole");
  return { item: group?.dataset.dropItem ?? "", label: `→ ${name}`, name, target: group };
}

let picked = onDesk ? wishAt(null) : null;
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-pick]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const paper = link.dataset.document;
  picked = wishAt(paper ? document.querySelector(`[data-drop-paper="${paper}"]`) : link.closest("[data-drop-speech], [data-drop-item]"));
  chooser.multiple = onDesk && !paper;
  chooser.value = "";
  link.closest("details.more")?.removeAttribute("open");
  chooser.click();
});
chooser.addEventListener("change", () => picked && add(chooser.files, picked));

const bringsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
let over = null;

function mark(target) {
  if (over === target) return;
  over?.removeAttribute("data-over");
  over = target;
  over?.setAttribute("data-over", "");
}

document.addEventListener("dragover", (event) => {
  if (!bringsFiles(event)) return;
  event.preventDefault();
  const wish = wishAt(event.target, event.dataTransfer.items.length > 1);
  event.dataTransfer.dropEffect = wish ? "copy" : "none";
  document.body.dataset.files = "";
  mark(wish?.target ?? document.getElementById("main"));
  hint.hidden = false;
  hint.querySelector("p").textContent = !wish ? say("drop-one") : wish.document ? say("drop-paper", { n: wish.number }) : say(wish.speech ? "drop-speech" : "drop-item", { item: wish.name });
});

function dropped() {
  mark(null);
  hint.hidden = true;
  delete document.body.dataset.files;
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) dropped();
});
document.addEventListener("drop", (event) => {
  if (!bringsFiles(event)) return;
  event.preventDefault();
  const files = [...event.dataTransfer.files];
  dropped();
  const wish = wishAt(event.target, files.length > 1);
  if (wish) add(files, wish);
});
