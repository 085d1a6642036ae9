// Scanners that behave like a keyboard: digits, very fast, then Enter. Caught anywhere on the page, never left in a field, and no
// button is pressed by their Enter.

const PATIENCE = 1000; // ms between two keys of one reading: wireless scanners falter, and so do busy machines
const FAST = 120; // ms between two keys that nobody types by hand for long
const BURST = 10; // keys in a row that fast are a scanner's, whatever has the focus: no short code typed by hand has so many
const LEAST = 9; // digits of the shortest thing that is read
const SOME = 3; // digits from which somebody meant to read something

/** The digit of a key, whatever input method stands between; else nothing. */
function digitOf(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return "";
  if (/^[0-9]$/.test(event.key)) return event.key;
  const isComposed = event.key === "Process" || event.isComposing || event.keyCode === 229;
  return isComposed ? (/^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1] ?? "") : "";
}

const isField = (element) => Boolean(element?.matches?.("input:not([type=checkbox], [type=radio]), textarea, select"));

/** Call `found(digits)` for all that a scanner reads, and `tooShort()` for what is no code, where no field has the focus. */
export function listen(found, tooShort) {
  let digits = "";
  let last = 0;
  let quick = 0; // keys in a row that came fast
  let isScanner = false; // what is being read has shown itself to be a scanner's: from then on it may falter
  let before = null; // what stood in the field before the first digit
  let place = null; // the field that had the focus, if any

  const restore = () => {
    if (before?.field.isConnected && before.field.value !== before.value) {
      before.field.value = before.value;
      before.field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    before = null;
  };
  const clear = () => {
    digits = "";
    quick = 0;
    isScanner = false;
    before = null;
  };

  addEventListener(
    "keydown",
    (event) => {
      const field = isField(event.target) ? event.target : null;
      const pause = event.timeStamp - last;
      const digit = digitOf(event);
      if (event.key === "Enter" && digits.length >= LEAST && (isScanner || !field) && pause < PATIENCE) {
        event.preventDefault();
        event.stopImmediatePropagation();
        const read = digits;
        clear();
        return found(read);
      }
      if (event.key === "Enter" && digits.length >= SOME && digits.length < LEAST && !field && pause < PATIENCE) {
        event.preventDefault();
        event.stopImmediatePropagation();
        clear();
        return tooShort?.();
      }
      if (!digit) {
        if (event.key !== "Shift") clear();
        return undefined;
      }
      if (pause > PATIENCE || field !== place) clear();
      place = field;
      if (!digits && field) before = { field, value: field.value };
      quick = pause <= FAST ? quick + 1 : 1;
      isScanner ||= quick >= BURST;
      digits += digit;
      last = event.timeStamp;
      if (!field) event.preventDefault();
      else if (isScanner) {
        event.preventDefault();
        restore();
      }
      return undefined;
    },
    true,
  );
}
