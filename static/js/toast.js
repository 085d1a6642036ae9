// Short messages at the foot of the page: waiting, done, refused. The region is a live region, so they are read out.

const LIFE = { done: 4000, refused: 12000 };

/** Show a message; returns a function that changes its state and text in place. */
export function toast(state, text) {
  const region = document.getElementById("toasts");
  const mould = document.getElementById("toast");
  if (!region || !mould) return () => {};
  const box = mould.content.firstElementChild.cloneNode(true);
  let timer = 0;
  const close = () => box.remove();
  const set = (nextState, nextText) => {
    clearTimeout(timer);
    box.dataset.state = nextState;
    box.querySelector("p").textContent = nextText;
    if (!box.isConnected) region.append(box);
    if (LIFE[nextState]) timer = setTimeout(close, LIFE[nextState]);
  };
  box.querySelector("button").addEventListener("click", close);
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("focusin", () => clearTimeout(timer));
  set(state, text);
  return set;
}
