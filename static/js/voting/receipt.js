// The receipt of a secret ballot: 100 bits of chance that this browser makes and the server learns only together with the ballot,
// never whose it is. With it the voter finds the own ballot in the box after the closing.
//   makeCode()            a new code: 20 letters and digits (Crockford's base 32, without I L O U)
//   show(code, element)   the code in groups of five with "copy", "print", "save as a file" and "keep on this device", from the mould
//                         of templates/voting/receipt.html
// A ballot that is sent again keeps its key and its code; only an answer with the state "taken" (409) wants another code.
// Nothing is kept on the device unless the voter says so: what a device keeps, whoever opens it can read.

import { say } from "../words.js";
import { toast } from "../toast.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 20;
const KEPT = "receipt:";

/** A new code. 256 is a multiple of 32: each character is as likely as any other. */
export function makeCode() {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return Array.from(bytes, (byte) => ALPHABET[byte % 32]).join("");
}

/** The code as it is read aloud and copied by hand: ABCDE-FGHJK-… */
export function grouped(code) {
  return code.match(/.{1,5}/g).join("-");
}

/** The code that somebody typed, however it was written; an empty text if it is none. */
export function read(text) {
  const plain = text.toUpperCase().replace(/[\s\-–—.]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return plain.length === LENGTH && [...plain].every((letter) => ALPHABET.includes(letter)) ? plain : "";
}

/** The codes of a poll (by the address of its page) that were kept on this device. */
export function kept(poll) {
  try {
    return JSON.parse(localStorage.getItem(KEPT + poll) ?? "[]").filter((code) => read(code));
  } catch {
    return []; // no storage, or not ours
  }
}

function keep(poll, code) {
  const codes = [...new Set([...kept(poll), code])];
  localStorage.setItem(KEPT + poll, JSON.stringify(codes));
}

/** Take the codes of a poll off this device. */
export function forget(poll) {
  localStorage.removeItem(KEPT + poll);
}

/** Show a code in an element; `poll` is the address of its poll's page (this page's own without it). */
export function show(code, element, poll = location.pathname) {
  const mould = document.getElementById("receipt");
  const piece = mould.content.cloneNode(true);
  const box = piece.querySelector(".receipt");
  box.querySelector("[data-code]").textContent = grouped(code);
  const about = `${mould.dataset.about}\n${location.origin}${poll}`;
  on(box, "copy", async () => {
    await navigator.clipboard.writeText(grouped(code));
    toast("done", say("receipt-copied"));
  });
  on(box, "print", () => {
    document.documentElement.classList.add("receipt-alone");
    window.print();
    document.documentElement.classList.remove("receipt-alone");
  });
  on(box, "save", () => save(`${about}\n\n${grouped(code)}\n`, mould.dataset.file));
  on(box, "keep", (button) => {
    keep(poll, code);
    button.disabled = true;
    toast("done", say("receipt-kept"));
  });
  element.replaceChildren(piece);
}

function on(box, name, act) {
  const button = box.querySelector(`[data-receipt="${name}"]`);
  button.addEventListener("click", async () => {
    try {
      await act(button);
    } catch {
      toast("refused", say("receipt-cannot")); // no clipboard, no storage: the code can be written down
    }
  });
}

function save(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
