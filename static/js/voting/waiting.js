// A named ballot outlives its page: it is kept on the device from the moment it is sent until it is answered, and the page that
// comes next sends it again under its own key, so that it counts once. Never a secret one: whoever uses the device next would read
// choice and receipt together. What is kept of somebody else, or of a vote that is over, is thrown away.

const PLACE = "ballots-waiting";

function read() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
}

function write(kept) {
  try {
    if (Object.keys(kept).length) localStorage.setItem(PLACE, JSON.stringify(kept));
    else localStorage.removeItem(PLACE);
    return true;
  } catch {
    return false; // no room, or none allowed: the ballot waits in its page alone
  }
}

function nameOf(form) {
  const me = form.closest("my-votes")?.dataset.me;
  return me && !("secret" in form.dataset) ? `${me}:${form.dataset.poll}:${form.elements.namedItem("participant").value}` : "";
}

/** Keep a ballot that is being sent; tell whether it will be there when its page is not. */
export function keep(form, data) {
  const name = nameOf(form);
  if (!name) return false;
  const held = { key: data.get("key"), choices: data.getAll("choices"), remark: data.get("remark") ?? "" };
  return write({ ...read(), [name]: held });
}

/** It has been answered. */
export function forget(form) {
  const { [nameOf(form)]: _answered, ...rest } = read();
  write(rest);
}

/** Throw away what belongs to somebody else or to another vote than the one under way. */
export function tidy(me, poll) {
  const kept = Object.entries(read());
  if (kept.length) write(Object.fromEntries(kept.filter(([name]) => name.startsWith(`${me}:${poll}:`))));
}

/** Fill a ballot in as it was sent from a page that is gone; tell whether there was one. */
export function refill(form) {
  const held = read()[nameOf(form)];
  if (!held) return false;
  form.elements.namedItem("key").value = held.key;
  for (const pick of form.querySelectorAll("[name=choices]")) pick.checked = held.choices.includes(pick.value);
  if (form.elements.namedItem("remark")) form.elements.namedItem("remark").value = held.remark;
  return true;
}
