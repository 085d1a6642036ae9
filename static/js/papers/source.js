// The bytes of a copy, asked for in ranges. A lost line is waited for: pages simply come later. A paper that is no longer open to
// the reader is never asked for again.

const CHUNK = 256 * 1024;
const SLOW = 4_000; // ms without an answer before it is said
const DEAD = 30_000; // ms before one asks anew
const SHUT = new Set([401, 403, 404, 410]);
const pause = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    for (const [target, name] of [[window, "online"], [signal, "abort"]]) {
      target.addEventListener(name, () => (clearTimeout(timer), resolve()), { once: true, signal: target === window ? signal : undefined });
    }
  });

/** What ends a copy: `why` is a word of the cover. */
export class Gone extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

export class Source {
  #url;
  #stop = new AbortController();
  #tellLine;
  #tellGone;
  #isLost = false;
  #first = null;
  #tail = null;
  #tailAt = -1;

  /** `line(isLost)` is told when the line is lost and when it is back; `gone(why)` when the copy is no longer given. */
  constructor(url, { line, gone }) {
    this.#url = url;
    this.#tellLine = line;
    this.#tellGone = gone;
  }

  /** Ask for nothing any more. */
  stop() {
    this.#stop.abort();
  }

  /** Ask for the beginning, and at once for the end, where a PDF says where everything is. */
  async begin() {
    this.#first = await this.#ask(0, CHUNK);
    const { bytes, total } = this.#first;
    if (bytes.length >= total) return;
    this.#tailAt = Math.floor((total - 1) / CHUNK) * CHUNK;
    this.#tail = this.#ask(this.#tailAt, total);
    this.#tail.catch(() => {});
  }

  /** What pdf.js opens: the whole of a small file, else a transport that asks for the rest as it is needed. */
  parameters(pdfjs) {
    const { bytes, total } = this.#first;
    if (bytes.length >= total) return { data: bytes };
    const transport = new pdfjs.PDFDataRangeTransport(total, bytes);
    transport.requestDataRange = async (begin, end) => {
      try {
        const asked = begin === this.#tailAt && end === total ? await this.#tail : await this.#ask(begin, end);
        // pdf.js takes the bytes for itself, and may ask for the same end again
        transport.onDataRange(begin, asked.bytes.slice());
      } catch (error) {
        if (error instanceof Gone) this.#tellGone(error.why);
        else if (!this.#stop.signal.aborted) this.#tellGone("broken");
      }
    };
    transport.abort = () => this.stop();
    return { range: transport, length: total };
  }

  async #ask(begin, end) {
    for (let wait = 500; ; wait = Math.min(wait * 2, 8_000)) {
      const answer = await this.#once(begin, end);
      if (answer) {
        this.#line(false);
        return answer;
      }
      if (this.#stop.signal.aborted) throw new DOMException("stopped", "AbortError");
      this.#line(true);
      await pause(wait * (0.5 + Math.random()), this.#stop.signal);
    }
  }

  /** Ask once; nothing when the line or the server failed on the way. */
  async #once(begin, end) {
    const patience = new AbortController();
    const stop = () => patience.abort();
    this.#stop.signal.addEventListener("abort", stop);
    const slow = setTimeout(() => this.#line(true), SLOW);
    const dead = setTimeout(stop, DEAD);
    const { signal } = patience;
    let response;
    let bytes;
    try {
      response = await fetch(this.#url, {
        headers: { Range: `bytes=${begin}-${end - 1}` },
        credentials: "same-origin",
        cache: "no-store",
        signal,
      });
      if (response.redirected) throw new Gone("signed-out");
      if (SHUT.has(response.status)) throw new Gone("recalled");
      if (response.status >= 500 || response.status === 429) return null;
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      if (error instanceof Gone) throw error;
      return null;
    } finally {
      clearTimeout(slow);
      clearTimeout(dead);
      this.#stop.signal.removeEventListener("abort", stop);
    }
    if (response.status === 206) {
      const total = Number(/\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "")?.[1]);
      if (total && bytes.length === Math.min(end, total) - begin) return { bytes, total };
    } else if (response.status === 200 && bytes.length) {
      return { bytes: begin || end < bytes.length ? bytes.slice(begin, end) : bytes, total: bytes.length };
    }
    throw new Gone("broken");
  }

  #line(isLost) {
    if (isLost === this.#isLost) return;
    this.#isLost = isLost;
    this.#tellLine(isLost);
  }
}

/** Options of pdf.js: bytes as they are needed, nothing that acts, nothing from elsewhere. */
export function options({ fonts, wasm }) {
  const here = (path) => new URL(path, location.origin).href;
  return {
    rangeChunkSize: CHUNK,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    isEvalSupported: false,
    disableWorkerRendering: true,
    standardFontDataUrl: here(fonts),
    wasmUrl: here(wasm),
    useWorkerFetch: true,
    maxImageSize: 120_000_000,
    verbosity: 0,
  };
}
