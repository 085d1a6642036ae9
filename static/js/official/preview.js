// <paper-preview>: the PDF of a paper, page by page, where the page shows it. Pages are drawn as they come into view. Without this
// script the links beside it open the file.

class PaperPreview extends HTMLElement {
  #task = null;
  #worker = null;

  connectedCallback() {
    this.#status(this.dataset.waiting);
    this.#open().catch(() => this.#status(this.dataset.failed));
  }

  disconnectedCallback() {
    this.#task?.destroy();
    this.#worker?.destroy();
  }

  async #open() {
    const [pdfjs, answer] = await Promise.all([import(this.dataset.pdfjs), fetch(this.dataset.file, { credentials: "same-origin" })]);
    if (!answer.ok || answer.redirected) throw new Error("no paper");
    pdfjs.GlobalWorkerOptions.workerSrc = this.dataset.worker;
    this.#worker = new pdfjs.PDFWorker({ verbosity: 0 });
    const data = new Uint8Array(await answer.arrayBuffer());
    this.#task = pdfjs.getDocument({ data, worker: this.#worker, isEvalSupported: false, standardFontDataUrl: this.dataset.fonts });
    const pdf = await this.#task.promise;
    const first = await pdf.getPage(1);
    const { width, height } = first.getViewport({ scale: 1 });
    const leaves = Array.from({ length: pdf.numPages }, (_, at) => this.#leaf(at + 1, width, height));
    this.replaceChildren(...leaves);
    const seen = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          seen.unobserve(entry.target);
          this.#draw(pdf, entry.target).catch(() => {});
        }
      },
      { rootMargin: "50% 0px" },
    );
    for (const leaf of leaves) seen.observe(leaf);
    this.dataset.pages = String(pdf.numPages);
  }

  /** An empty page of the right shape, so that nothing moves when it is drawn. */
  #leaf(number, width, height) {
    const leaf = document.createElement("canvas");
    leaf.width = Math.round(width);
    leaf.height = Math.round(height);
    leaf.dataset.number = String(number);
    leaf.setAttribute("role", "img");
    leaf.setAttribute("aria-label", this.dataset.page.replace("{n}", String(number)));
    return leaf;
  }

  async #draw(pdf, leaf) {
    const page = await pdf.getPage(Number(leaf.dataset.number));
    const natural = page.getViewport({ scale: 1 });
    const wide = Math.max(leaf.clientWidth, 320) * Math.min(devicePixelRatio || 1, 2);
    const viewport = page.getViewport({ scale: wide / natural.width });
    leaf.width = Math.round(viewport.width);
    leaf.height = Math.round(viewport.height);
    await page.render({ canvas: leaf, canvasContext: leaf.getContext("2d"), viewport }).promise;
    leaf.dataset.drawn = "";
  }

  #status(words) {
    const line = document.createElement("p");
    line.className = "muted";
    line.setAttribute("role", "status");
    line.textContent = words;
    this.replaceChildren(line);
  }
}

customElements.define("paper-preview", PaperPreview);
