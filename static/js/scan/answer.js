// The large answer: one word, a shape and a colour, who it is, why, and what to do.

import { timeOfDay } from "../clock.js";
import { say } from "../words.js";

const TONES = {
  admitted: ["ok", "check"], moved: ["ok", "check"], out: ["ok", "leave"], undone: ["plain", "undo"], "": ["warn", "warn"],
  inside: ["warn", "warn"], outside: ["warn", "warn"], other_place: ["warn", "warn"], refused: ["bad", "cross"],
}; // prettier-ignore
/** What one press does about a refusal: changes to the scan that is made anew. */
export const REMEDIES = { other_place: { move: true }, inside: { direction: "out" }, outside: { direction: "in" } };

const kindOf = ({ verdict, reason }) => (verdict === "refused" && TONES[reason] ? reason : verdict);

export const toneOf = (answer) => (TONES[kindOf(answer)] ?? TONES.refused)[0];

/** A short code that is none was most likely typed wrong. */
const wordOf = ({ reason, isShort }) => (reason === "forged" && isShort ? "mistyped" : reason);

/** Show {verdict, reason, who {name, office, group, site}, at, since, where, local, isShort} in the element of the answer. */
export function show(box, answer) {
  const kind = kindOf(answer);
  const [tone, icon] = TONES[kind] ?? TONES.refused;
  const fresh = box.querySelector("template").content.cloneNode(true);
  const put = (name, text) => {
    const place = fresh.querySelector(`[data-${name}]`);
    place.textContent = text ?? "";
    place.hidden = !text;
  };
  const sprite = fresh.querySelector("use");
  sprite.setAttribute("href", `${sprite.getAttribute("href").split("#")[0]}#${icon}`);
  put("title", say(`answer-${kind}`) || say("answer-refused"));
  put("who", answer.who?.name || (answer.verdict === "moved" ? say("of-elsewhere") : ""));
  put("office", answer.who?.office);
  put("why", why(answer));
  const isAlone = Boolean(box.closest(".kiosk")) && answer.verdict === "refused";
  put("help", say(isAlone ? "help-alone" : `help-${wordOf(answer)}`));
  put("group", answer.who?.group);
  put("site", answer.who?.site);
  for (const name of ["group", "site"]) fresh.querySelector(`[data-of=${name}]`).hidden = !answer.who?.[name];
  fresh.querySelector(".seat").hidden = !answer.who?.group && !answer.who?.site;
  const remedy = fresh.querySelector("[data-remedy]");
  remedy.hidden = !(answer.verdict === "refused" && REMEDIES[answer.reason]);
  remedy.textContent = say(`remedy-${answer.reason}`);
  box.className = `answer ${tone}`;
  box.dataset.verdict = answer.verdict;
  box.dataset.reason = answer.reason;
  box.replaceChildren(box.querySelector("template"), fresh);
  box.hidden = false;
}

function why(answer) {
  const { verdict, reason, since, where } = answer;
  if (verdict === "") return say("why-unchecked");
  if (reason === "inside" && since) return say("why-inside-since", { at: timeOfDay(since), where: where ?? "" });
  if (reason === "other_place" && since && where) return say("why-elsewhere-since", { at: timeOfDay(since), where });
  if (verdict === "refused" && !reason) return say("why-not-undone");
  return verdict === "refused" ? say(`why-${wordOf(answer)}`) : verdict === "moved" ? say("why-moved") : "";
}
