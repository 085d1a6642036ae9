// The buttons above the editor: each is a command with a name, told by data-do. The row is one stop of the Tab key; arrows go
// from button to button.

import {
  CellSelection, TextSelection, addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable,
  isInTable, lift, liftListItem, mergeCells, redo, setBlockType, sinkListItem, splitCell, toggleHeaderRow, toggleMark, undo, wrapInList,
} from "../../vendor/prosemirror/prosemirror.min.mjs";
import { DEPTH, LIMITS, schema } from "./schema.js";

const { nodes, marks } = schema;
const [ROWS, COLUMNS] = [3, 3]; // of a new table

// --- what there is around the cursor

function around(state, test) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if (test($from.node(depth))) return { node: $from.node(depth), pos: $from.before(depth), depth };
  }
  return null;
}

const isList = (node) => node.type === nodes.bullet_list || node.type === nodes.ordered_list;
const isTable = (node) => node.type === nodes.table;

function levels(state) {
  const { $from } = state.selection;
  let found = 0;
  for (let depth = $from.depth; depth > 0 && !isTable($from.node(depth)); depth -= 1) if (isList($from.node(depth))) found += 1;
  return found;
}

// --- commands

/** Make a list, take it away again, or make it the other kind. */
const list = (type) => (state, dispatch, view) => {
  const here = around(state, isList);
  if (!here) return wrapInList(type)(state, dispatch, view);
  if (here.node.type === type) return liftListItem(nodes.list_item)(state, dispatch, view);
  dispatch?.(state.tr.setNodeMarkup(here.pos, type));
  return true;
};

export function indent(state, dispatch) {
  const most = isInTable(state) ? DEPTH.inCells : DEPTH.lists;
  return levels(state) < most && sinkListItem(nodes.list_item)(state, dispatch);
}

export const outdent = (state, dispatch, view) => liftListItem(nodes.list_item)(state, dispatch) || lift(state, dispatch, view);

/** Set all chosen paragraphs this way, or as the layout says if they stand so already. */
const align = (way) => (state, dispatch) => {
  const found = [];
  for (const { $from, $to } of state.selection.ranges) {
    state.doc.nodesBetween($from.pos, $to.pos, (node, pos) => node.type === nodes.paragraph && found.push({ node, pos }));
  }
  if (!found.length) return false;
  const all = found.every(({ node }) => node.attrs.align === way);
  const tr = state.tr;
  for (const { pos } of found) tr.setNodeMarkup(pos, null, { align: all ? null : way });
  dispatch?.(tr);
  return true;
};

/** Put a table after the paragraph one is in; into its place if it is empty. */
function insertTable(state, dispatch) {
  if (isInTable(state)) return false;
  const { $from } = state.selection;
  const row = (type) => nodes.table_row.create(null, Array.from({ length: COLUMNS }, () => type.createAndFill()));
  const rows = Array.from({ length: ROWS }, (_, index) => row(index ? nodes.table_cell : nodes.table_header));
  const block = $from.depth ? $from.node(1) : null;
  const empty = block?.isTextblock && !block.content.size;
  const at = $from.depth ? (empty ? $from.before(1) : $from.after(1)) : state.selection.to;
  const tr = state.tr.replaceWith(at, empty ? $from.after(1) : at, nodes.table.create(null, rows));
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 4))).scrollIntoView());
  return true;
}

/** A paragraph before or after the table one is in: where a table begins or ends the text there is no other way out. */
export const beside = (after) => (state, dispatch) => {
  const here = around(state, isTable);
  if (!here) return false;
  const at = after ? here.pos + here.node.nodeSize : here.pos;
  const tr = state.tr.insert(at, nodes.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  return true;
};

function roomFor(rows, columns, command) {
  return (state, dispatch) => {
    const here = around(state, isTable);
    if (!here) return false;
    let width = 0;
    here.node.firstChild?.forEach((cell) => (width += cell.attrs.colspan));
    return here.node.childCount + rows <= LIMITS.rows && width + columns <= LIMITS.columns && command(state, dispatch);
  };
}

export const COMMANDS = {
  strong: toggleMark(marks.strong),
  em: toggleMark(marks.em),
  bullets: list(nodes.bullet_list),
  numbers: list(nodes.ordered_list),
  indent,
  outdent,
  centre: align("center"),
  right: align("right"),
  table: insertTable,
  undo,
  redo,
  "row-above": roomFor(1, 0, addRowBefore),
  "row-below": roomFor(1, 0, addRowAfter),
  "row-delete": deleteRow,
  "column-before": roomFor(0, 1, addColumnBefore),
  "column-after": roomFor(0, 1, addColumnAfter),
  "column-delete": deleteColumn,
  merge: mergeCells,
  split: splitCell,
  "header-row": toggleHeaderRow,
  "table-delete": deleteTable,
};

export const STYLES = {
  paragraph: setBlockType(nodes.paragraph),
  "heading-1": setBlockType(nodes.heading, { level: 1 }),
  "heading-2": setBlockType(nodes.heading, { level: 2 }),
};

// --- what is on

function hasMark(state, type) {
  const { from, $from, to, empty, ranges } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
  if (state.selection instanceof CellSelection) return ranges.some((one) => state.doc.rangeHasMark(one.$from.pos, one.$to.pos, type));
  return state.doc.rangeHasMark(from, to, type);
}

const ON = {
  strong: (state) => hasMark(state, marks.strong),
  em: (state) => hasMark(state, marks.em),
  bullets: (state) => around(state, isList)?.node.type === nodes.bullet_list,
  numbers: (state) => around(state, isList)?.node.type === nodes.ordered_list,
  centre: (state) => around(state, (node) => node.type === nodes.paragraph)?.node.attrs.align === "center",
  right: (state) => around(state, (node) => node.type === nodes.paragraph)?.node.attrs.align === "right",
  "header-row": (state) => around(state, isTable)?.node.firstChild?.firstChild?.type === nodes.table_header,
};

function styleOf(state) {
  const here = around(state, (node) => node.isTextblock);
  return here?.node.type === nodes.heading ? `heading-${here.node.attrs.level}` : "paragraph";
}

// --- the row of buttons

export class Menu {
  constructor(bar, view) {
    this.bar = bar;
    this.view = view;
    this.style = bar.querySelector("[data-style]");
    this.buttons = [...bar.querySelectorAll("[data-do]")];
    this.tools = bar.querySelector("[data-in-table]");
    for (const one of this.buttons) {
      const keys = one.getAttribute("aria-keyshortcuts")?.replace("Control", "Ctrl");
      if (keys && !one.title.endsWith(")")) one.title += ` (${keys})`;
    }
    bar.addEventListener("mousedown", (event) => event.target.closest("[data-do]") && event.preventDefault()); // the text keeps the focus
    bar.addEventListener("click", (event) => this.press(event.target.closest("[data-do]"), event));
    bar.addEventListener("keydown", (event) => this.key(event));
    this.style.addEventListener("change", () => this.run(STYLES[this.style.value]));
    for (const name of ["input", "change"]) bar.addEventListener(name, (event) => event.stopPropagation()); // these are not the words
    this.update();
  }

  get stops() {
    return [this.style, ...this.buttons].filter((one) => !one.closest("[hidden]"));
  }

  press(button, event) {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    this.run(COMMANDS[button.dataset.do], event.detail === 0); // by keyboard: the focus stays on the button
  }

  run(command, keepFocus = false) {
    command(this.view.state, this.view.dispatch, this.view);
    if (!keepFocus) this.view.focus();
    else this.update();
  }

  key(event) {
    const stops = this.stops;
    const here = stops.indexOf(document.activeElement);
    const inSelect = document.activeElement === this.style;
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (event.key === "Escape") {
      this.view.focus();
      event.stopPropagation();
    } else if (next !== undefined && !(inSelect && event.altKey)) {
      stops[(next + stops.length) % stops.length].focus();
      event.preventDefault();
    }
    this.rove(document.activeElement);
  }

  rove(to) {
    const stops = this.stops;
    const chosen = stops.includes(to) ? to : (stops.find((one) => one.tabIndex === 0) ?? stops[0]);
    for (const one of [this.style, ...this.buttons]) one.tabIndex = one === chosen ? 0 : -1;
  }

  focus() {
    (this.stops.find((one) => one.tabIndex === 0) ?? this.stops[0]).focus();
  }

  update() {
    const { state } = this.view;
    if (this.tools) this.tools.hidden = !isInTable(state);
    for (const button of this.buttons) {
      const name = button.dataset.do;
      if (button.closest("[hidden]")) continue;
      const can = this.view.editable && COMMANDS[name](state);
      button.setAttribute("aria-disabled", String(!can));
      if (name in ON) button.setAttribute("aria-pressed", String(Boolean(ON[name](state))));
    }
    this.style.value = styleOf(state);
    for (const option of this.style.options) option.disabled = option.value !== this.style.value && !STYLES[option.value](state);
    this.rove(null);
  }
}
