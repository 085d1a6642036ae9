// The pages: a long roll of leaves of which only those in sight are drawn, so that 2,000 pages cost as much as three. What is in
// sight stays where it is when the size changes, the tablet is turned or a page turns out to have another size.

import { murmur } from "../toast.js";
import { say } from "../words.js";
import { layWords, light } from "./ink.js";

const POINT = 96 / 72; // of CSS pixels at 100 %
const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
const LEAST = 0.25;
const MOST = 5;
const MOST_PIXELS = 12_000_000; // of one page; more kills the tab of an old tablet
const COMFORTABLE = 880; // pixels: wider lines tire the eye

export class Stage extends EventTarget {
  page = 1;
  mode = "auto";
  scale = POINT;
  query = "";
  #view;
  #holder;
  #pdfjs = null;
  #pdf = null;
  #leaves = [];
  #size = { width: 595, height: 842 };
  #drawn = new Map();
  #broken = new Set();
  #wanted = [];
  #running = null;
  #spread = false;
  #frame = 0;

  constructor(view, holder) {
    super();
    this.#view = view;
    this.#holder = holder;
    view.addEventListener("scroll", () => this.#later(), { passive: true });
    new ResizeObserver(() => this.#pdf && this.#fit()).observe(view);
  }

  get pages() {
    return this.#leaves.length;
  }

  get percent() {
    return Math.round((this.scale / POINT) * 100);
  }

  get spread() {
    return this.#spread;
  }

  set spread(wanted) {
    this.#spread = wanted;
    this.#holder.toggleAttribute("data-spread", wanted);
    if (this.#pdf) this.#fit();
  }

  /** Show a document from a page on. */
  async show(pdfjs, pdf, page) {
    const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
    this.drop();
    this.#pdfjs = pdfjs;
    this.#pdf = pdf;
    this.#size = { width: first.width, height: first.height };
    this.#holder.style.setProperty("--w", first.width);
    this.#holder.style.setProperty("--h", first.height);
    this.#leaves = Array.from({ length: pdf.numPages }, (_, at) => {
      const leaf = document.createElement("div");
      leaf.className = "leaf";
      leaf.dataset.page = at + 1;
      leaf.setAttribute("role", "group");
      leaf.setAttribute("aria-label", say("leaf", { n: at + 1 }));
      return leaf;
    });
    this.#holder.replaceChildren(...this.#leaves);
    this.#fit();
    this.go(page);
  }

  /** Look again at what is in sight: it may have been covered. */
  refresh() {
    if (this.#pdf) this.#fit();
  }

  /** Let go of everything that was shown. */
  drop() {
    for (const number of this.#drawn.keys()) this.#erase(number);
    this.#running?.cancel();
    this.#running = this.#pdf = null;
    this.#broken.clear();
    this.#wanted = [];
    this.#leaves = [];
    this.#holder.replaceChildren();
  }

  /** Bring a page to the top. */
  go(number) {
    const leaf = this.#leaves[Math.min(Math.max(number, 1), this.pages) - 1];
    if (!leaf) return;
    this.#view.scrollTop = this.#holder.offsetTop + leaf.offsetTop - 8;
    this.#now();
  }

  /** Turn on by so many pages (of a spread: rows). */
  turn(by) {
    this.go(this.page + by * (this.#spread ? 2 : 1));
  }

  /** `auto`, `width`, `page`, or a number of which 1 is 100 %. */
  resize(mode, point) {
    this.mode = mode;
    if (this.#pdf) this.#fit(point);
  }

  /** One step larger or smaller. */
  step(up) {
    const now = this.scale / POINT;
    const next = up ? STEPS.find((one) => one > now + 0.01) : STEPS.findLast((one) => one < now - 0.01);
    if (next) this.resize(next);
  }

  /** Larger by a factor around a point of the screen, as two fingers or the wheel ask. */
  stretch(factor, point) {
    this.resize(Math.min(Math.max((this.scale / POINT) * factor, LEAST), MOST), point);
  }

  /** Show where the words of a query stand on the pages that are drawn, and later on those that will be. */
  seek(query) {
    this.query = query;
    this.#holder.querySelector(".pictured")?.remove();
    for (const one of this.#drawn.values()) if (one.words) light(one.words, query);
  }

  /** Bring a place on a page into sight: the page at once, its words as soon as they are there. */
  async find(number, nth) {
    this.#holder.querySelector(".pictured")?.remove();
    this.go(number);
    const words = await this.#wordsOf(number);
    for (const old of this.#holder.querySelectorAll("mark.here")) old.classList.remove("here");
    const places = words ? light(words, this.query) : [];
    const place = places[Math.min(nth, places.length - 1)];
    if (!place) return words && !words.strings.some((one) => one.trim()) && this.#sayPictured(number);
    for (const mark of this.#leaves[number - 1].querySelectorAll(`mark[data-nth="${place.dataset.nth}"]`)) mark.classList.add("here");
    place.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Say on a page that is kept as a picture, and has no words of its own to light up, that the place is on it. */
  #sayPictured(number) {
    const note = document.createElement("p");
    note.className = "pictured notice";
    note.textContent = say("pictured");
    this.#leaves[number - 1].append(note);
    murmur(note.textContent);
  }

  /** A line of words of a page, for a bookmark. */
  headline(number) {
    const strings = this.#drawn.get(number)?.words?.strings ?? [];
    return (strings.map((one) => one.trim()).find((one) => one.length > 3) ?? "").slice(0, 80);
  }

  #wordsOf(number) {
    const words = this.#drawn.get(number)?.words;
    if (words) return Promise.resolve(words);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), 8_000);
      const inked = ({ detail }) => {
        if (detail.page !== number) return;
        clearTimeout(timer);
        this.removeEventListener("inked", inked);
        resolve(this.#drawn.get(number)?.words ?? null);
      };
      this.addEventListener("inked", inked);
    });
  }

  // Where things are

  #leafAt(y) {
    let [low, high] = [0, this.#leaves.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#leaves[middle].offsetTop <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #inSight() {
    const top = this.#view.scrollTop - this.#holder.offsetTop;
    let first = this.#leafAt(top);
    if (this.#spread && first % 2) first -= 1;
    const last = this.#leafAt(top + this.#view.clientHeight);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at + 1);
  }

  /** Where a point of the screen lies: on which page, at which part of its width and height. */
  #anchor(point) {
    const frame = this.#view.getBoundingClientRect();
    const { x, y } = point ?? { x: frame.left + frame.width / 2, y: frame.top + frame.height * 0.2 };
    let at = this.#leafAt(y - frame.top + this.#view.scrollTop - this.#holder.offsetTop);
    if (this.#spread && at % 2 && x < frame.left + frame.width / 2) at -= 1;
    const box = this.#leaves[at].getBoundingClientRect();
    return { at, x, y, across: (x - box.left) / box.width, down: (y - box.top) / box.height };
  }

  #hold({ at, x, y, across, down }) {
    const box = this.#leaves[at].getBoundingClientRect();
    this.#view.scrollTop += box.top + down * box.height - y;
    this.#view.scrollLeft += box.left + across * box.width - x;
  }

  #scaleOf(mode) {
    if (typeof mode === "number") return mode * POINT;
    const style = getComputedStyle(this.#holder);
    const [gap, across] = [parseFloat(style.columnGap) || 0, this.#spread ? 2 : 1];
    const room = this.#view.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd) - gap * (across - 1);
    const full = room / across / this.#size.width;
    const whole = Math.min(full, (this.#view.clientHeight - 24) / this.#size.height);
    if (mode === "width") return full;
    if (mode === "page") return whole;
    return Math.min(full, Math.max(COMFORTABLE / this.#size.width, whole));
  }

  #fit(point) {
    const held = this.#leaves.length ? this.#anchor(point) : null;
    this.scale = Math.max(this.#scaleOf(this.mode), 0.05);
    this.#holder.style.setProperty("--scale", this.scale);
    if (held) this.#hold(held);
    this.dispatchEvent(new CustomEvent("sized"));
    this.#now();
  }

  /** The page one reads: the topmost of which enough is in sight; at the very end the last. */
  #pageBefore() {
    const top = this.#view.scrollTop - this.#holder.offsetTop;
    if (this.#view.scrollTop > 0 && this.#view.scrollTop + this.#view.clientHeight >= this.#view.scrollHeight - 2) return this.pages;
    let at = this.#leafAt(top + 9);
    if (this.#spread) at -= at % 2;
    const { offsetTop, offsetHeight } = this.#leaves[at];
    const enough = 0.4 * Math.min(offsetHeight, this.#view.clientHeight);
    if (offsetTop + offsetHeight - top < enough) at += this.#spread ? 2 : 1;
    return Math.min(at, this.pages - 1) + 1;
  }

  #later() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#now();
    });
  }

  #now() {
    if (!this.#pdf) return;
    const sight = this.#inSight();
    const page = this.#pageBefore();
    const [before, after] = [sight[0] - 1, sight.at(-1) + 1];
    this.#wanted = [...sight, after, before, after + 1].filter((number) => number >= 1 && number <= this.pages);
    for (const number of [...this.#drawn.keys()]) if (!this.#wanted.includes(number)) this.#erase(number);
    this.page = page;
    this.dispatchEvent(new CustomEvent("turned", { detail: { pages: sight, page } }));
    this.#draw();
  }

  // Drawing

  #needs(number) {
    return !this.#broken.has(number) && this.#drawn.get(number)?.scale !== this.scale;
  }

  /** Draw what is wanted, one page after another, those in sight first. */
  async #draw() {
    if (this.#running) {
      if (this.#wanted.includes(this.#running.number)) return;
      this.#running.cancel(); // its bytes may be long in coming
    }
    const number = this.#wanted.find((one) => this.#needs(one));
    if (!number) return;
    const run = { number, task: null, off: false, cancel: () => ((run.off = true), run.task?.cancel()) };
    this.#running = run;
    try {
      await this.#drawOne(run);
    } catch (error) {
      if (!run.off && error?.name !== "RenderingCancelledException") this.#cannot(number);
    }
    if (this.#running !== run) return;
    this.#running = null;
    this.#draw();
  }

  async #drawOne(run) {
    const [pdf, { number }] = [this.#pdf, run];
    const page = await pdf.getPage(number);
    if (run.off || pdf !== this.#pdf) return;
    this.#measure(number, page.getViewport({ scale: 1 }));
    const { scale } = this;
    const viewport = page.getViewport({ scale });
    const ratio = Math.min(devicePixelRatio || 1, 3, Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.floor(viewport.width * ratio));
    canvas.height = Math.max(1, Math.floor(viewport.height * ratio));
    canvas.setAttribute("aria-hidden", "true");
    const { DISABLE } = this.#pdfjs.AnnotationMode;
    run.task = page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0], annotationMode: DISABLE });
    await run.task.promise;
    if (run.off || pdf !== this.#pdf) return;
    const leaf = this.#leaves[number - 1];
    const before = this.#drawn.get(number);
    before?.canvas.remove();
    leaf.prepend(canvas);
    leaf.dataset.drawn = "";
    this.#drawn.set(number, { canvas, page, scale, words: before?.words ?? null });
    if (!before?.words) this.#ink(pdf, number, page, viewport);
  }

  async #ink(pdf, number, page, viewport) {
    const words = await layWords(this.#pdfjs, page, viewport, this.#leaves[number - 1]).catch(() => null);
    const one = this.#drawn.get(number);
    if (pdf !== this.#pdf || !one) return this.#leaves[number - 1]?.querySelector(".words")?.remove();
    one.words = words;
    if (words && this.query) light(words, this.query);
    this.dispatchEvent(new CustomEvent("inked", { detail: { page: number } }));
  }

  #measure(number, { width, height }) {
    const leaf = this.#leaves[number - 1];
    const known = { width: Number(leaf.dataset.w) || this.#size.width, height: Number(leaf.dataset.h) || this.#size.height };
    if (Math.abs(known.width - width) < 0.5 && Math.abs(known.height - height) < 0.5) return;
    const held = this.#anchor();
    Object.assign(leaf.dataset, { w: width, h: height });
    leaf.style.setProperty("--w", width);
    leaf.style.setProperty("--h", height);
    this.#hold(held);
  }

  #cannot(number) {
    this.#broken.add(number);
    const words = document.createElement("p");
    words.className = "notice bad";
    words.textContent = say("page-broken");
    this.#leaves[number - 1]?.replaceChildren(words);
  }

  #erase(number) {
    const { canvas, page } = this.#drawn.get(number);
    this.#drawn.delete(number);
    canvas.width = canvas.height = 0;
    page.cleanup();
    const leaf = this.#leaves[number - 1];
    leaf.replaceChildren();
    delete leaf.dataset.drawn;
  }
}
