// <input data-moment> (day and time) and <input data-moment="day">: text in one form whatever the browser's language, with the
// browser's own picker behind a button beside it. What is typed shortly ("26/11/2025 8h30") is written out on leaving.

import { say } from "./words.js";

const two = (n) => String(n).padStart(2, "0");
const DATE = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?:[\s,]+(\d{1,2})\s*(?:[:.h]|giờ)\s*(\d{1,2})?)?$/i;
const TIME = /^(\d{1,2})\s*(?:[:.h]|giờ)\s*(\d{1,2})?$/i;

/** The parts of what is typed, or null: then the server says what is wrong. */
function read(text) {
  const found = DATE.exec(text.trim());
  if (!found) return null;
  const [day, month, year, hour, minute] = found.slice(1).map((part) => (part === undefined ? null : Number(part)));
  return { day, month, year, hour, minute: minute ?? 0 };
}

function written(text, onlyDay) {
  const time = TIME.exec(text.trim());
  if (time && !onlyDay) return `${two(time[1])}:${two(time[2] ?? 0)}`;
  const parts = read(text);
  if (!parts) return text;
  const day = `${two(parts.day)}/${two(parts.month)}/${parts.year}`;
  return onlyDay || parts.hour === null ? day : `${day} ${two(parts.hour)}:${two(parts.minute)}`;
}

/** Put a button with the browser's picker beside each field under `root`. */
export function dress(root) {
  for (const input of root.querySelectorAll("input[data-moment]")) {
    if (input.parentElement.classList.contains("moment")) continue;
    const onlyDay = input.dataset.moment === "day";
    const box = document.createElement("span");
    box.className = "moment";
    input.before(box);
    const picker = document.createElement("input");
    picker.type = onlyDay ? "date" : "datetime-local";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button square quiet";
    button.setAttribute("aria-label", say("pick"));
    button.append(icon());
    box.append(input, button, picker);
    button.addEventListener("click", () => open(input, picker, onlyDay));
    picker.addEventListener("input", () => {
      if (picker.value) input.value = typed(picker.value, onlyDay);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    input.addEventListener("change", () => {
      input.value = written(input.value, onlyDay);
    });
  }
}

function icon() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5");
  path.setAttribute("class", "stroke");
  svg.append(path);
  return svg;
}

function typed(value, onlyDay) {
  const [day, time] = value.split("T");
  const [year, month, date] = day.split("-");
  return onlyDay ? `${date}/${month}/${year}` : `${date}/${month}/${year} ${time.slice(0, 5)}`;
}

function open(input, picker, onlyDay) {
  const parts = read(input.value) ?? read(startOf(input)?.value ?? "");
  if (parts) {
    const day = `${parts.year}-${two(parts.month)}-${two(parts.day)}`;
    picker.value = onlyDay ? day : `${day}T${two(parts.hour ?? 8)}:${two(parts.minute)}`;
  }
  try {
    picker.showPicker();
  } catch {
    input.focus();
  }
}

/** The start beside an end: its picker begins on the same day. */
function startOf(input) {
  return input.closest("[data-row]")?.querySelector("[name^=starts_]");
}

dress(document);
