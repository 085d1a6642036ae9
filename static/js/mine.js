// What is one reader's own on a page that everybody gets alike: "you are third", ask or withdraw, is this site connected.
// <my-turn data-key="participant|site" data-me="17"> shows the children whose data-when names its state (none, shut,
// waiting, speaking, closed), from the broadcast list ([data-request] rows) and the speaker ([data-speaking]); [data-place] gets the
// place in the list, [data-minutes] one's minutes; [data-if] is shown when one is prepared, reminded or timed.
// Under [data-site="12"] an element with data-sites="7 12" or "7 9-20" is shown, one with data-sites="7" is not; without any it is for all.

class MyTurn extends HTMLElement {
  connectedCallback() {
    this.follow = () => this.update();
    document.addEventListener("live:part", this.follow);
    this.update();
  }

  disconnectedCallback() {
    document.removeEventListener("live:part", this.follow);
  }

  isMine(row) {
    return row.dataset[this.dataset.key] === this.dataset.me;
  }

  update() {
    const rows = [...document.querySelectorAll("[data-request]")];
    const place = rows.findIndex((row) => this.isMine(row));
    const speech = [...document.querySelectorAll("[data-speaking]")].find((row) => this.isMine(row));
    this.hidden = Boolean(document.querySelector("[data-floor-over]"));
    const closed = !document.querySelector("[data-floor-open]");
    const shut = document.querySelector("[data-list-closed]") ? "shut" : "none";
    const state = closed ? "closed" : speech ? "speaking" : place >= 0 ? "waiting" : shut;
    const own = speech ?? rows[place];
    const minutes = own?.dataset.minutes ?? "";
    const holds = { prepared: !speech && own && "prepared" in own.dataset, reminded: speech && "reminded" in speech.dataset, timed: minutes };
    for (const child of this.querySelectorAll("[data-if]")) child.hidden = closed || !holds[child.dataset.if];
    for (const spot of this.querySelectorAll("[data-minutes]")) spot.textContent = minutes;
    for (const child of this.querySelectorAll("[data-when]")) child.hidden = !child.dataset.when.split(" ").includes(state);
    for (const spot of this.querySelectorAll("[data-place]")) spot.textContent = String(place + 1);
    const request = this.querySelector("input[name=request]");
    if (request && place >= 0) request.value = rows[place].dataset.request;
    for (const row of rows) for (const one of row.querySelectorAll("[data-own]")) one.hidden = !this.isMine(row);
  }
}

/** <link-state data-on data-off>: whether this console reports its bridge point as connected. */
class LinkState extends HTMLElement {
  connectedCallback() {
    this.follow = (event) => this.show(event.detail.open);
    document.addEventListener("live:link", this.follow);
  }

  disconnectedCallback() {
    document.removeEventListener("live:link", this.follow);
  }

  show(open) {
    const state = open ? "ok" : "bad";
    this.classList.toggle("bad", !open);
    this.querySelector(".shape").className = `shape ${state}`;
    const word = this.querySelector("[data-word]");
    if (word.textContent !== this.dataset[open ? "on" : "off"]) word.textContent = this.dataset[open ? "on" : "off"];
  }
}

// --- what is for this bridge point, still to be acknowledged, not yet put away

const PUT_AWAY = "put-away";
const putAway = new Set(JSON.parse(sessionStorage.getItem(PUT_AWAY) ?? "[]"));
const isAcknowledged = (order) => document.querySelector(`[data-acknowledged="${CSS.escape(order)}"]`) !== null;

function isWithin(span, site) {
  const [first, last] = span.split("-").map(Number);
  return first <= site && site <= last;
}

function isForMe(one, site) {
  const sites = one.dataset.sites.split(" ").filter(Boolean);
  const isNamed = () => sites.includes(site) || sites.some((span) => span.includes("-") && isWithin(span, Number(site)));
  if (sites.length && !isNamed()) return false;
  if (one.dataset.order && isAcknowledged(one.dataset.order)) return false;
  return !putAway.has(one.id);
}

/** Show what is for this reader: the parts are the same for everybody, and the stylesheet shows nothing before it is chosen. */
function choose() {
  for (const one of document.querySelectorAll("[data-site] [data-sites]")) {
    const mine = isForMe(one, one.parentElement.closest("[data-site]").dataset.site);
    one.hidden = !mine;
    one.toggleAttribute("data-mine", mine);
  }
  for (const all of document.querySelectorAll("[data-own-children]")) all.hidden = !all.querySelector("[data-mine]");
  count();
}

/** What waits here for somebody: unread messages on each line; with the site commands in the title: "(2) Tỉnh ủy Lào Cai". */
const title = document.title;
function count() {
  if (!document.querySelector("[data-counts]")) return;
  let waiting = document.querySelectorAll("[data-order][data-mine]").length;
  for (const chip of document.querySelectorAll("[data-unread]")) {
    const unread = chip.parentElement.querySelectorAll(".unread").length;
    chip.hidden = unread === 0;
    chip.querySelector(".num").textContent = String(unread);
    waiting += unread;
  }
  const now = waiting ? `(${waiting}) ${title}` : title;
  if (document.title !== now) document.title = now;
}

document.addEventListener("click", (event) => {
  const one = event.target.closest?.("[data-put-away]")?.closest("[data-sites]");
  if (!one) return;
  putAway.add(one.id);
  sessionStorage.setItem(PUT_AWAY, JSON.stringify([...putAway]));
  choose();
});

// The part is everybody's; who acknowledges at a console does it for the bridge point whose console it is.
document.addEventListener("formdata", (event) => {
  const site = event.target.closest("[data-site]")?.dataset.site;
  const isOfSite = ["site_command.acknowledge", "roll_call.answer"].includes(event.target.dataset.command);
  if (site && isOfSite) event.formData.set("bridge_point", site);
});

// What was asked for or named has been taken: its sheet goes, the rarer kinds fold up again.
for (const name of ["command:done", "command:kept"]) {
  document.addEventListener(name, ({ detail: { form } }) => {
    form.closest("#name-sheet")?.close();
    form.closest(".other-kinds")?.removeAttribute("open");
  });
}

document.addEventListener("live:part", choose);
choose();

customElements.define("my-turn", MyTurn);
customElements.define("link-state", LinkState);
