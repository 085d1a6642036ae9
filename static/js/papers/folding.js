// Words as people look for them: without diacritics, in small letters, đ as d. The same rule as people/spelling.py.

import { fold } from "../list.js";

export { fold };

/** What is looked for, without white space: a line may break, and a PDF may place a gap, anywhere. */
export function needleOf(query) {
  return fold(query).replace(/\s+/g, "");
}

/** Where a needle stands in a row of strings: for each place the pieces [which string, from, to]. */
export function placesIn(strings, needle) {
  let hay = "";
  const at = [];
  strings.forEach((string, which) => {
    for (let position = 0; position < string.length; position += 1) {
      for (const letter of fold(string[position])) {
        if (/\s/.test(letter)) continue;
        hay += letter;
        at.push([which, position]);
      }
    }
  });
  const places = [];
  for (let found = needle ? hay.indexOf(needle) : -1; found >= 0; found = hay.indexOf(needle, found + needle.length)) {
    const pieces = [];
    for (const [which, position] of at.slice(found, found + needle.length)) {
      const last = pieces.at(-1);
      if (last && last[0] === which) last[2] = position + 1;
      else pieces.push([which, position, position + 1]);
    }
    places.push(pieces);
  }
  return places;
}
