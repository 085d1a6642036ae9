// The words of a page over its picture: to select, to be read aloud, and to show what was looked for.

import { needleOf, placesIn } from "./folding.js";

/** Whether an item runs aslant: the reader's own mark does, which nobody wants to select or to hear on each page. */
function isAslant({ transform }) {
  if (!transform) return false;
  const angle = Math.abs((Math.atan2(transform[1], transform[0]) * 180) / Math.PI) % 90;
  return Math.min(angle, 90 - angle) > 2;
}

/** Lay the words of a page into `leaf`; resolves to what `light` works on. */
export async function layWords(pdfjs, page, viewport, leaf) {
  const content = await page.getTextContent();
  content.items = content.items.filter((item) => !isAslant(item));
  const container = document.createElement("div");
  container.className = "words";
  const layer = new pdfjs.TextLayer({ textContentSource: content, container, viewport });
  await layer.render();
  leaf.querySelector(".words")?.remove();
  leaf.append(container);
  return { divs: layer.textDivs, strings: layer.textContentItemsStr, lit: new Set() };
}

/** Show where the words of a query stand on a page; returns the first element of each place. */
export function light(words, query) {
  for (const which of words.lit) words.divs[which].textContent = words.strings[which];
  words.lit.clear();
  const places = placesIn(words.strings, needleOf(query));
  const pieces = new Map();
  places.forEach((place, nth) => {
    for (const [which, from, to] of place) pieces.set(which, [...(pieces.get(which) ?? []), [from, to, nth]]);
  });
  const first = [];
  for (const [which, ranges] of pieces) {
    const string = words.strings[which];
    const parts = [];
    let at = 0;
    for (const [from, to, nth] of ranges) {
      parts.push(string.slice(at, from));
      const mark = document.createElement("mark");
      mark.textContent = string.slice(from, to);
      mark.dataset.nth = nth;
      first[nth] ??= mark;
      parts.push(mark);
      at = to;
    }
    words.divs[which].replaceChildren(...parts, string.slice(at));
    words.lit.add(which);
  }
  return first;
}
