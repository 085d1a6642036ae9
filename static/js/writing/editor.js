// <rich-text name="body" data-value="{…}"> over a <textarea> of plain text: the editor takes the place of the box and posts a hidden
// field with JSON. In scripts: `value` is that JSON as text (set it as text or object), `doc` the same as an object, `dirty` whether it
// differs from what the page brought, `insert(text)` writes at the cursor; "input" and "change" bubble from the element.

import { DOMSerializer, EditorState, EditorView, Selection } from "../../vendor/prosemirror/prosemirror.min.mjs";
import { Refused } from "./grid.js";
import { plugins } from "./keys.js";
import { Menu } from "./menu.js";
import { fromHTML, fromText } from "./pasting.js";
import { ofPlain, read, schema, written } from "./schema.js";
import { isOurs, tamed } from "./taming.js";

const serializer = DOMSerializer.fromSchema(schema);
const textOf = (doc) => JSON.stringify(written(doc));

function htmlOf(json) {
  const box = document.implementation.createHTMLDocument("").createElement("div");
  box.append(serializer.serializeFragment(read(json).content, { document: box.ownerDocument }));
  return box.innerHTML;
}

/** In an empty paragraph what is pasted stands instead of it: it keeps how it is aligned. */
function pasteInstead(view, slice) {
  const { $from, empty } = view.state.selection;
  if (!empty || !$from.depth || $from.parent.type !== schema.nodes.paragraph || $from.parent.content.size) return false;
  const [outer, index] = [$from.node(-1), $from.index(-1)];
  if (!slice.content.childCount || slice.content.firstChild.isInline || !outer.canReplace(index, index + 1, slice.content)) return false;
  const tr = view.state.tr.replaceWith($from.before(), $from.after(), slice.content);
  const end = $from.before() + slice.content.size;
  view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(Math.min(end, tr.doc.content.size)), -1)).scrollIntoView().setMeta("paste", true));
  return true;
}

class RichText extends HTMLElement {
  connectedCallback() {
    if (this.view) return;
    this.box = this.querySelector("textarea");
    const bar = this.querySelector("template[data-toolbar]")?.content.cloneNode(true);
    if (!this.box || !bar) return;
    this.append(bar);
    this.bar = this.querySelector("[role=toolbar]");
    this.note = this.querySelector("[data-note]");
    this.field = this.hiddenField();
    const begun = this.begun();
    this.given ??= textOf(begun);
    this.hold = this.hold ?? document.createElement("div");
    this.hold.className = "writing";
    this.bar.after(this.hold);
    this.view = new EditorView(this.hold, {
      state: EditorState.create({ doc: this.left ? read(this.left) : begun, plugins: plugins(() => this.toMenu()) }),
      editable: () => !this.hasAttribute("readonly"),
      attributes: () => this.attributesOfField(),
      transformPastedHTML: (html) => this.pasted(html),
      handlePaste: (view, _event, slice) => pasteInstead(view, slice),
      clipboardTextParser: (text) => this.pastedText(text),
      dispatchTransaction: (tr) => this.dispatch(tr),
      handleDOMEvents: { blur: () => void this.blurred(), compositionend: () => void setTimeout(() => this.settle()) },
    });
    this.menu = new Menu(this.bar, this.view);
    this.box.hidden = true;
    this.dataset.on = "";
    this.write();
    this.listen();
  }

  disconnectedCallback() {
    if (!this.view) return;
    this.left = this.value;
    this.stopped.abort();
    this.view.destroy();
    this.view = null;
    this.bar.remove();
    this.note?.remove();
    this.field.remove();
    this.hold.remove();
    this.box.hidden = false;
    delete this.dataset.on;
  }

  listen() {
    this.stopped = new AbortController();
    const options = { signal: this.stopped.signal };
    const { form } = this.box;
    form?.addEventListener("formdata", (event) => event.formData.has(this.name) && event.formData.set(this.name, this.value), options);
    form?.addEventListener("reset", () => setTimeout(() => (this.value = this.given)), options);
    for (const label of this.box.labels) label.addEventListener("click", () => this.focus(), options);
  }

  // --- what it holds

  get name() {
    return this.getAttribute("name") ?? "body";
  }

  get value() {
    return this.view ? textOf(this.view.state.doc) : (this.left ?? this.given ?? this.dataset.value ?? "");
  }

  /** Set another text; the cursor stays where it is in what is the same. While a word is being composed, it waits. */
  set value(value) {
    if (!this.view) this.left = typeof value === "string" ? value : JSON.stringify(value);
    else if (this.view.composing) this.waiting = value;
    else this.show(read(value));
  }

  get doc() {
    return JSON.parse(this.value);
  }

  get dirty() {
    return Boolean(this.view) && this.value !== this.given;
  }

  /** Whether somebody is at work in it: what is around may change, it may not. */
  get busy() {
    return this.contains(document.activeElement) || this.dirty;
  }

  /** What it holds is saved: from now on it is dirty when it differs from this. */
  settleAs(value = this.value) {
    this.given = typeof value === "string" ? value : JSON.stringify(value);
  }

  get defaultValue() {
    return this.given;
  }

  focus() {
    this.view?.focus();
  }

  /** Put the cursor behind the last word. */
  focusAtEnd() {
    if (!this.view) return;
    this.view.dispatch(this.view.state.tr.setSelection(Selection.atEnd(this.view.state.doc)).scrollIntoView());
    this.view.focus();
  }

  /** Write plain text where the cursor stands; a line a paragraph. `apart`: with a space between it and the word before. */
  insert(text, { apart = false } = {}) {
    if (!this.view || !text.trim()) return;
    const doc = ofPlain(text);
    const { $from, from } = this.view.state.selection;
    const before = $from.parent.textBetween(0, $from.parentOffset, "", " ").slice(-1);
    const transaction = this.view.state.tr.replaceSelection(doc.slice(1, doc.content.size - 1));
    if (apart && text.endsWith(" ")) transaction.insertText(" ");
    if (apart && /\S/.test(before)) transaction.insertText(" ", from);
    this.view.dispatch(transaction.scrollIntoView());
    this.view.focus();
  }

  /** The page has come anew with another text: take it, unless somebody is at work here. */
  renew(value) {
    if (this.busy || value === undefined || value === this.dataset.value) return;
    this.dataset.value = value;
    this.value = value;
    this.given = this.value;
  }

  begun() {
    try {
      return this.dataset.value ? read(this.dataset.value) : ofPlain(this.box.value);
    } catch {
      return ofPlain(this.box.value);
    }
  }

  show(doc) {
    const { state } = this.view;
    if (textOf(doc) === textOf(state.doc)) return;
    const start = state.doc.content.findDiffStart(doc.content);
    if (start === null) return;
    let { a: end, b: newEnd } = state.doc.content.findDiffEnd(doc.content);
    const overlap = start - Math.min(end, newEnd);
    if (overlap > 0) [end, newEnd] = [end + overlap, newEnd + overlap];
    const tr = state.tr.replace(start, end, doc.slice(start, newEnd));
    const exact = tr.doc.eq(doc) ? tr : state.tr.replaceWith(0, state.doc.content.size, doc.content);
    const { from } = state.selection;
    const within = from > start && from <= end; // the cursor stood in what is replaced: as far from the beginning as before
    if (within) exact.setSelection(Selection.near(exact.doc.resolve(Math.min(from, exact.doc.content.size))));
    this.view.dispatch(exact.setMeta("outside", true));
  }

  settle() {
    if (this.waiting === undefined || this.view?.composing) return;
    const value = this.waiting;
    this.waiting = undefined;
    this.value = value;
  }

  // --- what happens in it

  dispatch(tr) {
    const before = this.view.state.doc;
    this.view.updateState(this.view.state.apply(tr));
    cancelAnimationFrame(this.looking);
    this.looking = requestAnimationFrame(() => this.view && this.menu.update());
    if (this.view.state.doc.eq(before)) return;
    this.say("");
    this.later();
    if (!tr.getMeta("outside")) this.dispatchEvent(new Event("input", { bubbles: true }));
    this.changed = true;
  }

  blurred() {
    this.write();
    if (this.changed) this.dispatchEvent(new Event("change", { bubbles: true }));
    this.changed = false;
  }

  /** The hidden field follows at once, or for a long text when one pauses; a form that is sent asks anew anyway. */
  later() {
    clearTimeout(this.writing);
    if (this.view.state.doc.content.size < 20_000) return this.write();
    this.writing = setTimeout(() => this.view && this.write(), 200);
    return undefined;
  }

  write() {
    if (this.view) this.field.value = this.value;
  }

  pasted(html) {
    return this.taken(() => {
      const doc = fromHTML(html); // refuses what is too much, whoever wrote it
      return isOurs(html) ? tamed(html).html : htmlOf(doc);
    }, "");
  }

  pastedText(text) {
    const doc = this.taken(() => read(fromText(text)), null);
    if (!doc) return this.view.state.doc.slice(0, 0);
    const { firstChild, lastChild, content } = doc;
    const open = (node) => (node.type === schema.nodes.paragraph ? 1 : 0);
    return doc.slice(open(firstChild), content.size - open(lastChild));
  }

  taken(make, instead) {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setTimeout(() => this.say(error.word));
      return instead;
    }
  }

  /** A sentence below the text, by the word of a refusal; the toolbar's template brings them. */
  say(word) {
    if (!this.note) return;
    const held = this.querySelector("template[data-toolbar]").content.querySelector("template[data-sentences]");
    this.note.textContent = word ? (held?.content.querySelector(`[data-word=${word}]`)?.textContent ?? "") : "";
    this.note.hidden = !word;
  }

  toMenu() {
    this.menu.focus();
    return true;
  }

  // --- what it looks like to others

  hiddenField() {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: this.name });
    this.append(field);
    return field;
  }

  attributesOfField() {
    const label = this.box.labels[0];
    return {
      role: "textbox",
      "aria-multiline": "true",
      lang: this.getAttribute("lang") ?? "vi",
      ...(label?.id ? { "aria-labelledby": label.id } : { "aria-label": label?.textContent.trim() ?? this.box.getAttribute("aria-label") ?? "" }),
      ...(this.dataset.hint ? { "aria-describedby": this.dataset.hint } : {}),
      ...(this.hasAttribute("readonly") ? { "aria-readonly": "true" } : {}),
    };
  }
}

customElements.define("rich-text", RichText);
