// The sentences scripts say. They are translated with the page and stand as data-word elements in <template id="words">, and in
// a page's own <template data-words>.

const words = new Map();

/** The sentence named `name` in the page's language, with {placeholders} filled in. */
export function say(name, values = {}) {
  if (!words.size) {
    for (const held of document.querySelectorAll("#words, template[data-words]")) {
      for (const element of held.content.querySelectorAll("[data-word]")) words.set(element.dataset.word, element.textContent.trim());
    }
  }
  return (words.get(name) ?? "").replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
