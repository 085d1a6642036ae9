// What a text in the editor is made of: the nodes of texts/nodes.py, no more, as the page shows them. JSON leaves out what is the
// default, and empty paragraphs between others, as the server does: the same words are the same JSON on both sides.

import { Node, Schema, tableNodes } from "../../vendor/prosemirror/prosemirror.min.mjs";

export const DEPTH = { lists: 5, inCells: 3 };
export const LIMITS = { letters: 200_000, blocks: 2_000, columns: 30, rows: 500, slots: 15_000, source: 4_000_000, tags: 300_000 };

const ALIGN_CLASS = { left: "left", center: "centred", right: "right" };
const alignOf = (dom) => Object.keys(ALIGN_CLASS).find((align) => dom.classList.contains(ALIGN_CLASS[align])) ?? null;

const tables = tableNodes({ tableGroup: "block", cellContent: "in_item+", cellAttributes: {} });

const nodes = {
  doc: { content: "block+" },
  paragraph: {
    content: "inline*",
    group: "block in_item",
    attrs: { align: { default: null } },
    parseDOM: [{ tag: "p", getAttrs: (dom) => ({ align: alignOf(dom) }) }],
    toDOM: ({ attrs }) => ["p", attrs.align ? { class: ALIGN_CLASS[attrs.align] } : {}, 0],
  },
  heading: {
    content: "inline*",
    group: "block",
    attrs: { level: { default: 1 } },
    defining: true,
    parseDOM: [
      { tag: "h1", attrs: { level: 1 } },
      { tag: "h4", getAttrs: (dom) => ({ level: dom.classList.contains("minor") ? 2 : 1 }) },
      ...["h2", "h3", "h5", "h6"].map((tag) => ({ tag, attrs: { level: 2 } })),
    ],
    toDOM: ({ attrs }) => ["h4", attrs.level === 2 ? { class: "minor" } : {}, 0],
  },
  bullet_list: { content: "list_item+", group: "block in_item", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  ordered_list: {
    content: "list_item+",
    group: "block in_item",
    attrs: { order: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ order: Math.max(1, Math.min(9999, dom.start || 1)) }) }],
    toDOM: ({ attrs }) => ["ol", attrs.order === 1 ? {} : { start: attrs.order }, 0],
  },
  list_item: { content: "paragraph in_item*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  ...tables,
  table: { ...tables.table, toDOM: () => ["table", { class: "grid" }, ["tbody", 0]] },
  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
};

const marks = {
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
};

export const schema = new Schema({ nodes, marks });

const DEFAULTS = { align: null, order: 1, colspan: 1, rowspan: 1 };
const isEmptyParagraph = (node) => node.type === "paragraph" && !node.content;

function bareAttrs(attrs = {}) {
  const kept = Object.entries(attrs).filter(([name, value]) => name !== "colwidth" && DEFAULTS[name] !== value);
  return kept.length ? { attrs: Object.fromEntries(kept) } : {};
}

/** JSON of a node without what is the default. */
function bare(node) {
  const { type, attrs, content, marks: worn, text } = node;
  const inner = content?.map(bare).filter((one, index, all) => !isEmptyParagraph(one) || mustStay(type, all, index));
  return {
    type,
    ...bareAttrs(attrs),
    ...(inner?.length ? { content: inner } : {}),
    ...(worn ? { marks: worn.map((one) => ({ type: one.type })) } : {}),
    ...(text === undefined ? {} : { text }),
  };
}

/** The first paragraph of an item stays when a list follows, that of a cell or a document when it is alone. */
function mustStay(type, all, index) {
  if (index) return false;
  if (type === "list_item") return true;
  return all.every(isEmptyParagraph);
}

/** The JSON of a document as the server keeps it. */
export const written = (doc) => bare(doc.toJSON());

/** A document of JSON, as text or as an object; nothing of it is believed. Throws where it is none. */
export function read(value) {
  const json = typeof value === "string" ? JSON.parse(value || '{"type": "doc"}') : value;
  const whole = json.content?.length ? json : { type: "doc", content: [{ type: "paragraph" }] };
  const doc = Node.fromJSON(schema, whole);
  doc.check();
  return doc;
}

/** A document of plain text: a line a paragraph. */
export function ofPlain(text) {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim());
  const paragraphs = lines.map((line) => schema.node("paragraph", null, schema.text(line.trim())));
  return schema.node("doc", null, paragraphs.length ? paragraphs : [schema.node("paragraph")]);
}
