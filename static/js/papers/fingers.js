// Two fingers, or the wheel with Control, make the pages larger where they are; the picture follows at once and is drawn anew when
// they rest.

const between = ([one, two]) => Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
const middle = ([one, two]) => ({ x: (one.clientX + two.clientX) / 2, y: (one.clientY + two.clientY) / 2 });

export function followFingers(view, holder, stage) {
  let factor = 1;
  let start = 0;
  let point = null;
  let rest = 0;

  const stretch = () => {
    const box = holder.getBoundingClientRect();
    if (!holder.style.transform) holder.style.transformOrigin = `${point.x - box.left}px ${point.y - box.top}px`;
    holder.style.transform = `scale(${factor})`;
  };
  const settle = () => {
    if (!point) return;
    holder.style.transform = holder.style.transformOrigin = "";
    if (Math.abs(factor - 1) > 0.02) stage.stretch(factor, point);
    factor = 1;
    start = 0;
    point = null;
  };

  view.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length !== 2) return;
      event.preventDefault();
      if (!start) {
        start = between(event.touches);
        point = middle(event.touches);
      }
      factor = Math.min(Math.max(between(event.touches) / start, 0.3), 4);
      stretch();
    },
    { passive: false },
  );
  for (const name of ["touchend", "touchcancel"]) view.addEventListener(name, () => start && settle());
  view.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      point ??= { x: event.clientX, y: event.clientY };
      factor = Math.min(Math.max(factor * Math.exp(-event.deltaY / 300), 0.3), 4);
      stretch();
      clearTimeout(rest);
      rest = setTimeout(settle, 160);
    },
    { passive: false },
  );
}
