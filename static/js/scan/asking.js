// The boxes that ask: a short code on large keys, and a name in the list for who has forgotten the badge.

import { say } from "../words.js";

const SHOWN = 30;
const DIGITS = 9;

const bare = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();

let boxes = [];

/** People whose name or office has every word, wherever accents and capitals are; those first whose name begins so. */
export function found(people, words) {
  const wanted = bare(words).split(/\s+/).filter(Boolean);
  if (!wanted.length) return [];
  const rank = ({ name }) => (bare(name).split(/\s+/).at(-1)?.startsWith(wanted.at(-1)) ? 0 : 1);
  return people
    .filter((person) => wanted.every((word) => bare(`${person.name} ${person.office}`).includes(word)))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "vi"));
}

export const asking = {
  close: () => boxes.forEach((box) => box.open && box.close()),
  /** Wire the boxes. `read(digits, way)` takes a short code, `choose(id)` somebody from the list. */
  begin(page, { people, standing, read, choose }) {
    const [code, list] = ["code", "list"].map((name) => page.querySelector(`dialog[data-ask=${name}]`));
    boxes = [code, list];
    const [field, search, rows] = [code.querySelector("input"), list.querySelector("input"), list.querySelector("ul")];
    const grouped = () => {
      const digits = field.value.replace(/\D/g, "").slice(0, 250);
      field.value = digits.length > DIGITS ? digits : (digits.match(/.{1,3}/g) ?? []).join(" ");
    };
    page.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      if (button.dataset.open) open(button.dataset.open);
      if ("close" in button.dataset) button.closest("dialog").close();
      if (button.dataset.digit !== undefined) press(button.dataset.digit);
      if (button.dataset.person) {
        list.close();
        choose(Number(button.dataset.person));
      }
    });
    function open(name) {
      const box = name === "code" ? code : list;
      box.querySelector("input").value = "";
      if (box === list) fill();
      box.showModal();
      box.querySelector("input").focus();
    }
    function press(digit) {
      field.value = digit === "back" ? field.value.replace(/\s/g, "").slice(0, -1) : field.value + digit;
      grouped();
    }
    field.addEventListener("input", grouped);
    code.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const digits = field.value.replace(/\D/g, "");
      const fault = code.querySelector("[data-fault]");
      fault.hidden = digits.length >= DIGITS;
      field.setAttribute("aria-invalid", String(digits.length < DIGITS));
      if (digits.length < DIGITS) return field.focus();
      code.close();
      return read(digits, "typed");
    });
    list.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    search.addEventListener("input", fill);
    function fill() {
      const all = found(people(), search.value);
      rows.replaceChildren(...all.slice(0, SHOWN).map(row));
      const word = people().length ? (search.value.trim() ? (all.length ? "" : "nobody-found") : "type-a-name") : "no-list";
      const note = list.querySelector("[data-note]");
      note.textContent = all.length > SHOWN ? say("more-found", { n: all.length - SHOWN }) : word && say(word);
      note.hidden = !note.textContent;
    }
    function row(person) {
      const one = list.querySelector("template").content.firstElementChild.cloneNode(true);
      one.querySelector("[data-name]").textContent = person.name;
      one.querySelector("[data-office]").textContent = person.office;
      one.querySelector("[data-state]").textContent = person.out ? say("is-out") : say(`state-${standing(person).state || "none"}`);
      one.querySelector("button").dataset.person = person.id;
      return one;
    }
  },
};
