// What the person at the door is told of a badge: admitted or not, and why. Pure; says the same as attendance/scanning/judging.py.
// tests/attendance/scanning/cases.json holds both to one table.

/** Returns {verdict, reason}. `badge`: {forged, meeting, revoked, from, until} (moments in ms), null for who was found by name on
 * the list; `holder`: {site, state, where, out}, null for nobody of the meeting; `door`: {meeting, site, direction, move}. */
export function judge(badge, holder, door, now) {
  const fault = badge && faultOf(badge, door, now);
  if (fault) return refused(fault);
  if (!holder) return refused("not_approved");
  const isPresent = holder.state === "present";
  const isHere = isPresent && holder.where === door.site;
  if (door.direction === "out") return isHere ? { verdict: "out", reason: "" } : refused("outside");
  if (isHere) return refused("inside");
  if (holder.out) return refused("excused");
  const belongsElsewhere = holder.site !== null && holder.site !== undefined && holder.site !== door.site;
  if (isPresent || belongsElsewhere) return door.move ? { verdict: "moved", reason: "" } : refused("other_place");
  return { verdict: "admitted", reason: "" };
}

const refused = (reason) => ({ verdict: "refused", reason });

function faultOf(badge, door, now) {
  if (badge.forged) return "forged";
  if (badge.meeting !== door.meeting) return "other_meeting";
  if (badge.revoked) return "revoked";
  if ((badge.from && now < badge.from) || (badge.until && now >= badge.until)) return "expired";
  return "";
}
