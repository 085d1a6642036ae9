// The form of a poll: a field is asked only where another one's choice makes it matter ([data-when="kind=choice"]), and the majority
// stands below its fields as a sentence that follows them. Without this script all fields are there.

const form = document.querySelector(".question-form");
const value = (name) => form.elements.namedItem(name)?.value ?? "";
const words = (name) => form.elements.namedItem(name)?.selectedOptions?.[0]?.textContent.trim() ?? "";

/** Show what is asked now; what was typed into a field that is not asked stays in it. */
function choose() {
  for (const one of form.querySelectorAll("[data-when]")) {
    const [name, wanted] = one.dataset.when.split("=");
    one.hidden = value(name) !== wanted;
  }
}

/** The part of the majority in words: one that has a name, or what was typed. */
function part(line) {
  if (value("majority") !== "own") return words("majority");
  const typed = value("part").trim();
  if (!typed) return "";
  return (form.elements.namedItem("is_strict").checked ? line.dataset.more : line.dataset.least).replace("{part}", typed);
}

function sentence() {
  const line = form.querySelector("[data-sentence]");
  const said = part(line);
  const seats = value("seats");
  const mould = value("kind") === "motion" ? line.dataset.motion : seats ? line.dataset.choice : line.dataset.choiceAll;
  const text = said ? mould.replace("{part}", said).replace("{base}", words("base")).replace("{seats}", seats) : "";
  if (line.textContent !== text) line.textContent = text;
}

function follow() {
  choose();
  sentence();
}

if (form) {
  form.addEventListener("input", follow);
  form.addEventListener("change", follow);
  follow();
}
