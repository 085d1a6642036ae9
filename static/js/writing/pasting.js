// What is pasted becomes what a text is made of: the twin of texts/markup.py. Word's lists, which are paragraphs that only look
// so, become lists; merged cells stay merged; tables in tables become paragraphs; nothing is fetched, nothing runs.

import { Refused, table } from "./grid.js";
import { BREAK, inline } from "./letters.js";
import { DEPTH, LIMITS } from "./schema.js";
import { CSS, tamed } from "./taming.js";

const BLOCK = new Set(
  ("p div h1 h2 h3 h4 h5 h6 blockquote pre address section article header footer main aside nav figure figcaption center dl dt dd " +
    "form fieldset details summary ul ol li table thead tbody tfoot tr td th caption hr").split(" "),
);
const SILENT = new Set(
  ("script style title textarea select svg math template iframe object embed applet noscript noembed noframes xmp plaintext audio " +
    "video canvas xml map datalist head button frameset").split(" "),
);
const HEADER_ROWS = 3;
const NUMBERED = /^\(?([0-9]{1,4}|[a-zA-Z]{1,6}|đ)[.)]/;
const ALIGNS = { center: "center", right: "right", end: "right" };
const OF_OURS = { centred: "center", centre: "center", right: "right", left: "left" };
const PLAIN = { strong: false, em: false, align: null };

const tagOf = (element) => element.localName;
const marksOf = (style) => [...(style.strong ? ["strong"] : []), ...(style.em ? ["em"] : [])];
const classesOf = (element) => (element.getAttribute("class") ?? "").split(/\s+/).filter(Boolean);
const paragraph = (content, align) => ({ type: "paragraph", ...(align ? { attrs: { align } } : {}), ...(content.length ? { content } : {}) });
const heading = (content, level) => ({ type: "heading", attrs: { level }, content });
const isList = (block) => block.type === "bullet_list" || block.type === "ordered_list";
const ignored = (css) => css["mso-list"]?.trim().toLowerCase() === "ignore";

function listing(items, order) {
  const content = items.map((item) => ({ type: "list_item", content: item }));
  if (order === null) return { type: "bullet_list", content };
  return { type: "ordered_list", ...(order === 1 ? {} : { attrs: { order } }), content };
}

/** Blocks in the making. */
class Flow {
  blocks = [];
  runs = [];

  flush(align = null, level = 0) {
    const words = inline(this.runs);
    this.runs = [];
    if (words.length) this.blocks.push(level ? heading(words, level) : paragraph(words, align));
  }
}

class Reader {
  inCell = 0;
  inList = 0;

  constructor(rules) {
    this.rules = rules;
  }

  children(element, style, flow) {
    for (const child of element.childNodes) {
      if (child.nodeType === 3) flow.runs.push({ words: child.data.replaceAll(BREAK, " "), marks: marksOf(style) });
      else if (child.nodeType === 1) this.element(child, style, flow);
    }
  }

  element(element, outer, flow) {
    const tag = tagOf(element);
    if (SILENT.has(tag)) return undefined;
    if (tag === "br") return flow.runs.push({ words: BREAK, marks: [] });
    const css = this.css(element);
    if (ignored(css) || css.display === "none" || css["mso-hide"] === "all") return undefined;
    const style = styled(element, css, outer);
    if (!BLOCK.has(tag)) return this.children(element, style, flow);
    flow.flush(outer.align);
    return this.block(element, css, style, flow);
  }

  block(element, css, style, flow) {
    const tag = tagOf(element);
    const level = levelOf(css);
    if (tag === "table") return this.table(element, style, flow);
    if (tag === "ul" || tag === "ol") return this.list(element, style, flow);
    if (level !== null) return flow.blocks.push({ item: true, level, order: this.orderOf(element), content: this.alone(element, style) });
    const isHeading = /^h[1-6]$/.test(tag);
    if (isHeading && !this.inCell && !this.inList) {
      this.children(element, { ...style, strong: false }, flow);
      return flow.flush(null, tag === "h1" || (tag === "h4" && !classesOf(element).includes("minor")) ? 1 : 2);
    }
    this.children(element, { ...style, strong: style.strong || isHeading }, flow);
    return flow.flush(style.align);
  }

  /** The blocks of an element by itself, as they may stand in an item or a cell. */
  alone(element, style, whole = false) {
    const flow = new Flow();
    if (whole) this.element(element, style, flow);
    else this.children(element, style, flow);
    flow.flush(style.align);
    return gathered(flow.blocks, DEPTH.inCells);
  }

  list(element, style, flow) {
    this.inList += 1;
    const items = [];
    for (const child of element.childNodes) {
      if (child.nodeType === 3 && child.data.trim()) items.push([paragraph(inline([{ words: child.data, marks: marksOf(style) }]))]);
      if (child.nodeType !== 1) continue;
      const tag = tagOf(child);
      if ((tag === "ul" || tag === "ol") && items.length) items.at(-1).push(...this.alone(child, style, true));
      else {
        const found = tag === "li" ? this.alone(child, styled(child, this.css(child), style)) : this.alone(child, style, true);
        if (found.length) items.push(found);
      }
    }
    this.inList -= 1;
    const order = tagOf(element) === "ol" ? whole(element.getAttribute("start"), 9999) : null;
    if (items.length) flow.blocks.push(listing(items.map(begun), order));
  }

  table(element, style, flow) {
    for (const caption of [...element.children].filter((child) => tagOf(child) === "caption")) {
      this.children(caption, style, flow);
      flow.flush();
    }
    if (this.inCell) {
      for (const [row] of rowsOf(element)) {
        for (const cell of cellsOf(row)) {
          this.children(cell, styled(cell, this.css(cell), PLAIN), flow);
          flow.flush();
        }
      }
      return;
    }
    this.inCell += 1;
    const rows = rowsOf(element).map(([row, isHead]) => cellsOf(row).map((cell) => this.cell(cell, isHead)));
    this.inCell -= 1;
    if (!rows.flat().some((cell) => cell.content.some((block) => textsOf(block).length))) return;
    findHeading(rows);
    const made = table(rows);
    if (made) flow.blocks.push(made);
  }

  cell(element, isHead) {
    const style = styled(element, this.css(element), PLAIN);
    return {
      content: this.alone(element, style),
      isHeader: isHead || tagOf(element) === "th",
      colspan: whole(element.getAttribute("colspan"), LIMITS.columns),
      rowspan: whole(element.getAttribute("rowspan"), LIMITS.rows),
    };
  }

  css(element) {
    const said = classesOf(element).map((name) => this.rules.get(name) ?? "");
    const css = {};
    for (const one of [...said, element.getAttribute(CSS) ?? ""].join(";").split(";")) {
      const [name, ...value] = one.split(":");
      if (value.length) css[name.trim().toLowerCase()] = value.join(":").trim();
    }
    return css;
  }

  orderOf(element) {
    const found = NUMBERED.exec(this.signOf(element).trim());
    if (!found) return null;
    return /^\d+$/.test(found[1]) ? Math.max(1, Number(found[1])) : 1;
  }

  /** The letters of the sign that Word has drawn before an item. */
  signOf(element) {
    for (const child of element.children) {
      const found = ignored(this.css(child)) ? child.textContent : this.signOf(child);
      if (found) return found;
    }
    return "";
  }
}

// --- what an element says of its letters

function styled(element, css, outer) {
  let { strong, em, align } = outer;
  const tag = tagOf(element);
  if (tag === "b" || tag === "strong") strong = true;
  if (["i", "em", "cite", "var"].includes(tag)) em = true;
  const weight = (css["font-weight"] ?? "").toLowerCase();
  const isNumber = /^\d+$/.test(weight);
  if (weight === "bold" || weight === "bolder" || (isNumber && weight.length < 5 && Number(weight) >= 600)) strong = true;
  else if (weight === "normal" || weight === "lighter" || isNumber) strong = false;
  const slant = (css["font-style"] ?? "").toLowerCase();
  if (slant) em = /^(italic|oblique)/.test(slant);
  if (!BLOCK.has(tag)) return { strong, em, align };
  if (tag === "center") align = "center";
  const said = (css["text-align"] || element.getAttribute("align") || "").toLowerCase();
  if (said) align = ALIGNS[said] ?? null;
  for (const name of classesOf(element)) align = OF_OURS[name] ?? align;
  return { strong, em, align };
}

function levelOf(css) {
  const found = /\blevel(\d{1,2})\b/.exec(css["mso-list"] ?? "");
  return found ? Math.max(0, Number(found[1]) - 1) : null;
}

function whole(said, most) {
  const digits = (said ?? "").trim();
  return /^\d{1,8}$/.test(digits) ? Math.max(1, Math.min(Number(digits), most)) : 1;
}

// --- lists out of paragraphs

const begun = (item) => (item[0]?.type === "paragraph" ? item : [paragraph([]), ...item]);

function gathered(blocks, levels) {
  const made = [];
  for (let at = 0; at < blocks.length; ) {
    if (!blocks[at].item) {
      made.push(raised(blocks[at], levels));
      at += 1;
      continue;
    }
    let end = at;
    while (end < blocks.length && blocks[end].item) end += 1;
    made.push(...lists(blocks.slice(at, end).filter((one) => one.content.length)).map((one) => raised(one, levels)));
    at = end;
  }
  return made;
}

function lists(items) {
  const made = [];
  for (let at = 0; at < items.length; ) {
    const first = items[at];
    const content = [];
    while (at < items.length && items[at].level === first.level && (items[at].order === null) === (first.order === null)) {
      let end = at + 1;
      while (end < items.length && items[end].level > first.level) end += 1;
      content.push([...begun(items[at].content), ...lists(items.slice(at + 1, end))]);
      at = end;
    }
    made.push(listing(content, first.order));
  }
  return made;
}

/** A list no deeper than it may be: what is deeper stands as paragraphs of its item. */
function raised(block, levels) {
  if (!isList(block)) return block;
  for (const item of block.content) item.content = item.content.flatMap((one) => raisedIn(one, levels - 1));
  return block;
}

function raisedIn(block, levels) {
  if (block.type === "paragraph") return [block];
  if (levels) return [raised(block, levels)];
  return block.content.flatMap((item) => item.content.flatMap((one) => raisedIn(one, 0)));
}

// --- tables

function rowsOf(element, isHead = false) {
  return [...element.children].flatMap((child) => {
    if (tagOf(child) === "tr") return [[child, isHead]];
    return ["thead", "tbody", "tfoot"].includes(tagOf(child)) ? rowsOf(child, tagOf(child) === "thead") : [];
  });
}

const cellsOf = (row) => [...row.children].filter((child) => ["td", "th"].includes(tagOf(child)));
const textsOf = (node) => (node.type === "text" ? [node] : (node.content ?? []).flatMap(textsOf));
const isStrong = (one) => one.marks?.some((mark) => mark.type === "strong");

/** Rows on top in which all is bold are the heading, where the table names none; a heading is bold by itself. */
function findHeading(rows) {
  if (!rows.flat().some((cell) => cell.isHeader)) {
    const isBold = (row) => {
      const runs = row.flatMap((cell) => cell.content.flatMap(textsOf));
      return runs.length > 0 && runs.every(isStrong);
    };
    for (let at = 0; at < Math.min(rows.length - 1, HEADER_ROWS) && isBold(rows[at]); at += 1) {
      for (const cell of rows[at]) cell.isHeader = true;
    }
  }
  for (const cell of rows.flat().filter((one) => one.isHeader)) cell.content.forEach(unmark);
}

function unmark(block) {
  if (block.type !== "paragraph") return (block.content ?? []).forEach(unmark);
  if (!block.content) return undefined;
  const runs = block.content.map((one) =>
    one.type === "hard_break"
      ? { words: BREAK, marks: [] }
      : { words: one.text, marks: (one.marks ?? []).map((mark) => mark.type).filter((mark) => mark !== "strong") },
  );
  block.content = inline(runs);
  return undefined;
}

// --- the whole

/** The document (JSON) of pasted HTML. Throws Refused where it is too much. */
export function fromHTML(html) {
  if (html.length > LIMITS.source || (html.match(/</g)?.length ?? 0) > LIMITS.tags) throw new Refused("too_big");
  const { html: clean, rules } = tamed(html);
  const page = new DOMParser().parseFromString(clean, "text/html");
  const flow = new Flow();
  new Reader(rules).children(page.body, PLAIN, flow);
  flow.flush();
  const content = gathered(flow.blocks, DEPTH.lists);
  const letters = content.reduce((sum, block) => sum + textsOf(block).reduce((inner, one) => inner + one.text.length, 0), 0);
  if (letters > LIMITS.letters) throw new Refused("too_long");
  if (content.length > LIMITS.blocks) throw new Refused("too_many");
  return { type: "doc", content: content.length ? content : [paragraph([])] };
}

/** The document of pasted plain text: lines with tabs between are a table, as spreadsheets write them. */
export function fromText(text) {
  if (text.length > LIMITS.source) throw new Refused("too_big");
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim());
  const widths = new Set(lines.map((line) => line.split("\t").length));
  const of = (words) => inline([{ words, marks: [] }]);
  if (lines.length > 1 && widths.size === 1 && !widths.has(1)) {
    const cell = (words) => ({ content: [paragraph(of(words))], isHeader: false, colspan: 1, rowspan: 1 });
    return { type: "doc", content: [table(lines.map((line) => line.split("\t").map(cell)))] };
  }
  if (text.length > LIMITS.letters) throw new Refused("too_long");
  if (lines.length > LIMITS.blocks) throw new Refused("too_many");
  const content = lines.map(of).filter((words) => words.length).map((words) => paragraph(words));
  return { type: "doc", content: content.length ? content : [paragraph([])] };
}
