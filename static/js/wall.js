// A public display shows exactly one part: the one the control room has steered it to. Everybody gets the same parts and one list
// of who shows what ([data-steer]: what most show, then the others with their keys as gaps in base 36); main[data-display] says who
// this display is. What has nothing to show (nobody speaks, the announcement has been withdrawn) follows the meeting; who
// follows the meeting shows a vote under way, a conclusion while it is being worded ([data-now]), a result just declared.

const WITHOUT_PART = new Set(["auto", "blank"]);
// What those that follow the meeting show before the item, the first that there is (walls.py has the same order).
const FOLLOWED = [["poll", "now"], ["conclusion", "now"], ["poll", "lately"]];

/** Whether a key stands in a list of gaps: "mk 1 r" are 812, 813, 840. */
export function holds(gaps, key) {
  let at = 0;
  for (const gap of gaps.split(" ")) {
    at += parseInt(gap, 36);
    if (at >= key) return at === key;
  }
  return false;
}

/** What the control room has told display `key` to show: an element with data-shows and data-said. */
export function told(steer, key) {
  return [...steer.children].find((one) => holds(one.dataset.displays, key)) ?? steer;
}

function pick() {
  const wall = document.querySelector("main[data-display]");
  const steer = wall?.querySelector("[data-steer]");
  if (!steer) return;
  const { shows, said } = told(steer, Number(wall.dataset.display)).dataset;
  let found = WITHOUT_PART.has(shows) || Boolean(wall.querySelector(`live-part[name="${shows}"] > *`));
  if (shows === "announcement") found = false;
  for (const section of wall.querySelectorAll("[data-announcement]")) {
    const chosen = shows === "announcement" && section.dataset.announcement === said;
    section.toggleAttribute("data-chosen", chosen);
    found ||= chosen;
  }
  const follows = FOLLOWED.find(([name, mark]) => wall.querySelector(`live-part[name="${name}"] > [data-${mark}]`))?.[0] ?? "auto";
  const mode = found && shows !== "auto" ? shows : follows;
  if (wall.dataset.shows !== mode) wall.dataset.shows = mode;
}

document.addEventListener("live:part", pick);
pick();
