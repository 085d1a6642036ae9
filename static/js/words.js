// The sentences scripts say. They are translated with the page and stand in <template id="words"> as data-word elements.

const words = new Map();

/** The sentence named `name` in the page's language, with {placeholders} filled in. */
export function say(name, values = {}) {
  if (!words.size) {
    const held = document.getElementById("words")?.content.querySelectorAll("[data-word]") ?? [];
    for (const element of held) words.set(element.dataset.word, element.textContent.trim());
  }
  return (words.get(name) ?? "").replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
