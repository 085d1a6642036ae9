// Tables made regular, as texts/tables.py does it: every place of the grid belongs to one cell, whatever its spans said.

import { LIMITS } from "./schema.js";

export class Refused extends Error {
  constructor(word) {
    super(word);
    this.word = word;
  }
}

const places = function* (cell) {
  for (let row = cell.row; row < cell.row + cell.rowspan; row += 1) {
    for (let column = cell.column; column < cell.column + cell.colspan; column += 1) yield row * 1000 + column;
  }
};

/** Give each cell its place; a span ends where the table does or another cell begins. */
function place(rows) {
  const taken = new Set();
  const cells = [];
  for (const [row, line] of rows.entries()) {
    let column = 0;
    for (const cell of line) {
      while (taken.has(row * 1000 + column)) column += 1;
      if (column >= LIMITS.columns) throw new Refused("too_wide");
      Object.assign(cell, { row, column, rowspan: Math.max(1, Math.min(cell.rowspan, rows.length - row)) });
      let free = 1;
      while (free < Math.min(cell.colspan, LIMITS.columns - column) && !taken.has(row * 1000 + column + free)) free += 1;
      cell.colspan = free;
      for (const one of places(cell)) taken.add(one);
      cells.push(cell);
      column += free;
    }
  }
  return cells;
}

/** Take away the lines of the grid in which no cell begins; returns how many are left. */
function closeUp(cells, at, span) {
  const begins = [...new Set(cells.map((cell) => cell[at]))].sort((one, other) => one - other);
  for (const cell of cells) {
    const [start, end] = [cell[at], cell[at] + cell[span]];
    cell[span] = begins.filter((line) => start <= line && line < end).length;
    cell[at] = begins.indexOf(start);
  }
  return begins.length;
}

function node({ content, isHeader, colspan, rowspan }) {
  const spans = { ...(colspan === 1 ? {} : { colspan }), ...(rowspan === 1 ? {} : { rowspan }) };
  return {
    type: isHeader ? "table_header" : "table_cell",
    ...(Object.keys(spans).length ? { attrs: spans } : {}),
    content: content.length ? content : [{ type: "paragraph" }],
  };
}

/** The table of rows of {content, isHeader, colspan, rowspan}, or null where no cell is. */
export function table(rows) {
  if (rows.length > LIMITS.rows) throw new Refused("too_tall");
  const cells = place(rows);
  if (!cells.length) return null;
  const width = closeUp(cells, "column", "colspan");
  const height = closeUp(cells, "row", "rowspan");
  const taken = new Set(cells.flatMap((cell) => [...places(cell)]));
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (!taken.has(row * 1000 + column)) cells.push({ content: [], isHeader: false, colspan: 1, rowspan: 1, row, column });
    }
  }
  const lines = Array.from({ length: height }, () => []);
  for (const cell of cells.sort((one, other) => one.column - other.column)) lines[cell.row].push(cell);
  return { type: "table", content: lines.map((line) => ({ type: "table_row", content: line.map(node) })) };
}
