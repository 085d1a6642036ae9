// The reader of a paper: opens the copy, and joins pages, tools and what stands beside them. open.js covers it when the right to see
// it may have ended; progress.js hears which pages stand before the eyes.

import { murmur } from "../toast.js";
import { say } from "../words.js";
import { Bookmarks } from "./bookmarks.js";
import { followFingers } from "./fingers.js";
import { Finder } from "./finding.js";
import { follow } from "./progress.js";
import { Side } from "./side.js";
import { Gone, options, Source } from "./source.js";
import { Stage } from "./stage.js";

const DARK = "reader-dark";
const SPREAD = "reader-spread";
const AGAIN = new Set(["broken", "signed-out"]);

const root = document.querySelector("[data-reader]");
if (root?.dataset.file) begin();

function begin() {
  const $ = (selector) => root.querySelector(selector);
  const view = $("[data-stage]");
  const holder = $("[data-leaves]");
  const stage = new Stage(view, holder);
  const side = new Side(root);
  const finder = root.dataset.find ? new Finder(root, stage, side) : null;
  const bookmarks = root.dataset.bookmarks ? new Bookmarks(root, stage) : null;
  followFingers(view, holder, stage);
  let source = null;
  let task = null;
  let worker = null;
  let page = Number(root.dataset.page) || 1;
  let turn = 0; // counts openings, so that one that was overtaken shows nothing
  const viewer = new EventTarget(); // what progress.js follows
  follow(viewer);

  // Opening and covering

  async function open() {
    const mine = ++turn;
    root.dataset.covered = "opening";
    words("opening");
    source = new Source(root.dataset.file, { line: (isLost) => ($("[data-line]").hidden = !isLost), gone: (why) => cover(why) });
    try {
      const loaded = import(root.dataset.pdfjs).then((pdfjs) => {
        pdfjs.GlobalWorkerOptions.workerSrc = root.dataset.worker;
        if (mine === turn) {
          worker = new pdfjs.PDFWorker({ verbosity: 0 });
          worker.promise.catch(() => {}); // it was let go of before it was ready
        }
        return pdfjs;
      });
      const [pdfjs] = await Promise.all([loaded, source.begin()]);
      if (mine !== turn) return;
      task = pdfjs.getDocument({ ...options(root.dataset), ...source.parameters(pdfjs), worker });
      const pdf = await task.promise;
      if (mine !== turn) return;
      $("[data-of]").textContent = say("of", { n: pdf.numPages });
      await stage.show(pdfjs, pdf, page);
      if (mine !== turn) return;
      $("[data-end]").hidden = false;
      if (root.dataset.covered === "opening") delete root.dataset.covered;
      view.dataset.calm = "";
      view.focus({ preventScroll: true });
      if (page > 1) murmur(say("gone-on", { n: page }));
      if (!$("[data-contents]").childElementCount) await listContents(pdf);
    } catch (error) {
      if (mine === turn) cover(error instanceof Gone ? error.why : "broken");
    }
  }

  function words(why) {
    const [title, text] = say(`reader-${why}`).split("|");
    const box = $("[data-cover-text]");
    const [head, line] = [document.createElement("h2"), document.createElement("p")];
    head.textContent = title;
    line.textContent = text ?? "";
    box.replaceChildren(head, line);
    $("[data-cover] [data-do=again]").hidden = !AGAIN.has(why);
  }

  /** Show nothing from now on; with `drop` nothing stays in this browser either. */
  function cover(why, drop = true) {
    const known = say(`reader-${why}`) ? why : "recalled";
    root.dataset.covered = known;
    words(known);
    side.close();
    viewer.dispatchEvent(new Event("covered"));
    if (!drop) return;
    $("[data-line]").hidden = true;
    turn += 1;
    stage.drop();
    source?.stop();
    task?.destroy().catch(() => {});
    worker?.destroy();
    source = task = worker = null;
    for (const box of root.querySelectorAll("[data-side], [data-end], .tools")) box.remove();
    finder?.end();
  }

  document.addEventListener("paper:cover", ({ detail }) => cover(detail.why, detail.drop));
  document.addEventListener("paper:show", () => {
    if (!task) return location.reload(); // a copy of its own: what was let go of is not put together again
    delete root.dataset.covered;
    viewer.dispatchEvent(new Event("uncovered"));
    stage.refresh();
  });
  document.addEventListener("paper:version", () => ($("[data-newer]").hidden = false));

  async function listContents(pdf) {
    const lines = [];
    const walk = async (entries, level) => {
      for (const { title, dest, items } of entries ?? []) {
        const target = typeof dest === "string" ? await pdf.getDestination(dest) : dest;
        const at = target?.[0] && typeof target[0] === "object" ? await pdf.getPageIndex(target[0]).catch(() => null) : target?.[0];
        if (Number.isInteger(at) && lines.length < 2_000) lines.push([title, level, at + 1]);
        if (level < 6) await walk(items, level + 1);
      }
    };
    await walk(await pdf.getOutline(), 1);
    $("[data-no-contents]").hidden = lines.length > 0;
    $("[data-contents]").replaceChildren(
      ...lines.map(([title, level, number]) => {
        const [item, button, text, figure] = ["li", "button", "span", "span"].map((name) => document.createElement(name));
        Object.assign(button, { type: "button" });
        Object.assign(button.dataset, { go: number, level });
        text.textContent = title;
        figure.textContent = number;
        figure.className = "num";
        button.append(text, figure);
        item.append(button);
        return item;
      }),
    );
  }

  // Page and size

  const field = $("#goto");
  const size = $("[data-size]");
  stage.addEventListener("turned", ({ detail }) => {
    page = detail.page;
    if (document.activeElement !== field) field.value = page;
    $('[data-do="before"]').disabled = page <= 1;
    $('[data-do="after"]').disabled = page + (stage.spread ? 1 : 0) >= stage.pages;
    viewer.dispatchEvent(new CustomEvent("page", { detail: { page, visible: detail.pages } }));
  });
  stage.addEventListener("sized", () => {
    const own = size.querySelector("[value=own]");
    const wanted = String(stage.mode);
    const known = [...size.options].some((option) => option.value === wanted);
    own.hidden = known;
    own.textContent = `${stage.percent}%`;
    size.value = known ? wanted : "own";
  });
  size.addEventListener("change", () => stage.resize(Number(size.value) || size.value));
  $("[data-goto]").addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = Number(field.value);
    const fits = Number.isInteger(wanted) && wanted >= 1 && wanted <= stage.pages;
    field.setCustomValidity(fits ? "" : say("no-page", { n: stage.pages }));
    if (!field.reportValidity()) return;
    stage.go(wanted);
    view.focus({ preventScroll: true });
  });
  field.addEventListener("input", () => field.setCustomValidity(""));
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => ((field.value = page), field.setCustomValidity("")));

  // Tools

  const kept = (name) => localStorage.getItem(name) === "on";
  function dark(on) {
    document.documentElement.dataset.theme = on ? "dark" : "light";
    $('[data-do="dark"]')?.setAttribute("aria-pressed", on);
    localStorage.setItem(DARK, on ? "on" : "off");
  }
  function spread(on) {
    stage.spread = on;
    $('[data-do="spread"]')?.setAttribute("aria-pressed", on);
    localStorage.setItem(SPREAD, on ? "on" : "off");
  }
  const doing = {
    contents: () => side.toggle("contents"),
    find: () => side.toggle("find"),
    marks: () => side.open("marks"),
    mark: () => bookmarks?.toggle(),
    "close-side": () => side.close(),
    before: () => stage.turn(-1),
    after: () => stage.turn(1),
    smaller: () => stage.step(false),
    larger: () => stage.step(true),
    dark: () => dark(document.documentElement.dataset.theme !== "dark"),
    spread: () => spread(!stage.spread),
    "hit-before": () => finder?.step(-1),
    "hit-after": () => finder?.step(1),
    unfind: () => finder?.end(),
    again: () => location.reload(),
  };
  root.addEventListener("click", (event) => {
    const go = event.target.closest("[data-go]");
    if (go) {
      stage.go(Number(go.dataset.go));
      side.chosen();
      return;
    }
    const button = event.target.closest("[data-do]");
    if (!button) return;
    doing[button.dataset.do]?.();
    const menu = button.closest("details.more");
    if (menu) menu.open = false;
  });

  // Keys: single letters only while the pages have the focus
  const keys = {
    ArrowRight: () => stage.turn(1),
    ArrowLeft: () => stage.turn(-1),
    n: () => stage.turn(1),
    p: () => stage.turn(-1),
    Home: () => stage.go(1),
    End: () => stage.go(stage.pages),
    "+": () => stage.step(true),
    "=": () => stage.step(true),
    "-": () => stage.step(false),
    0: () => stage.resize("auto"),
    b: () => bookmarks?.toggle(),
    c: () => side.toggle("contents"),
    d: doing.dark,
    g: () => field.focus(),
    "/": () => finder && side.toggle("find"),
  };
  view.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== view || !keys[event.key]) return;
    if (event.key.startsWith("Arrow") && view.scrollWidth > view.clientWidth + 4) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    delete view.dataset.calm;
    if (root.dataset.covered) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f" && finder) {
      event.preventDefault();
      side.open("find");
      $("#finder").focus();
      $("#finder").select();
    }
    if (event.key === "F3" && finder?.isOn) {
      event.preventDefault();
      finder.step(event.shiftKey ? -1 : 1);
    }
  });

  dark(kept(DARK));
  spread(kept(SPREAD) && view.clientWidth > 700);
  open();
}
