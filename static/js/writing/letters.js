// Letters and runs of a paragraph as they are kept: the twin of texts/letters.py and texts/inline.py.

const UNSEEN =
  /[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\u{e0000}-\u{e007f}]/gu;
const PILES = /(\p{M}{4})\p{M}+/gu;

export const BREAK = "\n";
export const tidy = (text) => text.replace(UNSEEN, "").replace(PILES, "$1").normalize("NFC").replace(/[\s\u001c-\u001f\u0085]+/g, " ");

const same = (one, other) => one.length === other.length && one.every((mark, index) => mark === other[index]);

/** Take the space at the end of a line away. */
function trim(made) {
  while (made.length && made.at(-1).marks) {
    const { parts } = made.at(-1);
    while (parts.length && !parts.at(-1).replace(/ +$/, "")) parts.pop();
    if (parts.length) {
      parts[parts.length - 1] = parts.at(-1).replace(/ +$/, "");
      return;
    }
    made.pop();
  }
}

/** The nodes of runs {words, marks}: joined where the marks are the same, no space at the ends of a line. */
export function inline(runs) {
  const made = []; // {parts, marks}; without marks: a break
  let [afterSpace, broken] = [true, false];
  for (const run of runs) {
    if (run.words === BREAK) {
      trim(made);
      broken = broken || made.length > 0;
      afterSpace = true;
      continue;
    }
    let words = tidy(run.words);
    if (afterSpace) words = words.replace(/^ /, "");
    if (!words) continue;
    if (broken) made.push({ parts: [], marks: null });
    broken = false;
    const last = made.at(-1);
    if (last?.marks && same(last.marks, run.marks)) last.parts.push(words);
    else made.push({ parts: [words], marks: run.marks });
    afterSpace = words.endsWith(" ");
  }
  trim(made);
  return made.map(({ parts, marks }) => (marks ? text(tidy(parts.join("")), marks) : { type: "hard_break" }));
}

const text = (words, marks) => ({ type: "text", ...(marks.length ? { marks: marks.map((type) => ({ type })) } : {}), text: words });
