// The code of a badge, read in the browser as attendance/badges/code.py reads it on the server: digits alone, one spelling,
// believed when a key of this installation has signed it. Works on plain http too, where browsers offer no cryptography.

import { hashes, sha512, verify } from "../../vendor/noble/noble.min.mjs";

const VERSION = 1;
const DIGITS = 201;
const SAID = 20;
const SIGNATURE = 64;
const DOMAIN = new TextEncoder().encode("diemcau badge\x01");
const START = Date.UTC(2020, 0, 1);
const HOUR = 3600000;
const FORGED = Object.freeze({ ok: false, fault: "forged" });

hashes.sha512 = sha512;

// `keys`: the public part of each believed key (hex, or bytes) by its number. Returns {ok: true, key, meeting, participant,
// serial, from, until}, the moments in milliseconds like Date.now(), or {ok: false, fault: "forged"}. Never throws.
export function readCode(text, keys) {
  const digits = String(text ?? "").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  if (digits.length !== DIGITS || !/^[0-9]+$/.test(digits)) return FORGED;
  const data = bytesOf(BigInt(digits).toString(16).padStart(2 * (SAID + SIGNATURE), "0"));
  const said = data.subarray(0, SAID);
  const view = new DataView(data.buffer, data.byteOffset, SAID);
  const key = view.getUint8(1);
  const known = publicOf(keys, key);
  if (view.getUint8(0) !== VERSION || !known || !isSigned(data.subarray(SAID), said, known)) return FORGED;
  return {
    ok: true,
    key,
    meeting: view.getUint32(2),
    participant: view.getUint32(6),
    serial: view.getUint32(10),
    from: START + HOUR * number(said.subarray(14, 17)),
    until: START + HOUR * number(said.subarray(17, 20)),
  };
}

// What was read, cut to what the server takes (attendance/scanning/sent.py): something longer is no badge before and after.
const MOST = { code: 400, short: 40 };

export function fitting(read) {
  const cut = Object.keys(MOST).filter((name) => typeof read[name] === "string");
  return { ...read, ...Object.fromEntries(cut.map((name) => [name, read[name].replaceAll("\0", "\ufffd").slice(0, MOST[name])])) };
}

// The nine digits of a short code that was typed, with blanks, points or hyphens between; null when it is none (Damm).
const TABLE = [
  "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
  "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
];

export function readShort(typed) {
  const digits = String(typed ?? "").replace(/[\s.-]+/g, "");
  if (!/^[0-9]{9}$/.test(digits)) return null;
  return [...digits].reduce((interim, digit) => Number(TABLE[interim][digit]), 0) === 0 ? digits : null;
}

function publicOf(keys, key) {
  const found = keys && (Object.hasOwn(keys, key) ? keys[key] : undefined);
  return typeof found === "string" ? bytesOf(found) : found;
}

function isSigned(signature, said, known) {
  const message = new Uint8Array(DOMAIN.length + said.length);
  message.set(DOMAIN);
  message.set(said, DOMAIN.length);
  try {
    return verify(signature, message, known, { zip215: false }) === true;
  } catch {
    return false;
  }
}

function number(bytes) {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function bytesOf(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
}
