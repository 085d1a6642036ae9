// What one sets on a device: which camera, its light, the sound, the full screen.

import { say } from "../words.js";
import { isWanted, play, want } from "./sound.js";

export function settings(page, eye) {
  const box = page.querySelector("dialog[data-settings]");
  const cameras = box.querySelector("select");
  const sound = box.querySelector("[name=sound]");
  let isLit = false;

  async function open() {
    sound.checked = isWanted();
    const all = eye.isRunning() ? await eye.cameras() : [];
    cameras.closest(".field").hidden = all.length < 2;
    cameras.replaceChildren(...all.map(({ id, label, chosen }, at) => new Option(label || `${say("camera")} ${at + 1}`, id, chosen, chosen)));
    box.showModal();
  }
  async function light(button) {
    isLit = !isLit;
    await eye.light(isLit)?.catch(() => (isLit = false));
    button.setAttribute("aria-pressed", String(isLit));
  }
  page.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if ("settings" in button.dataset) open();
    if ("light" in button.dataset) light(button);
    if ("fill" in button.dataset) {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen?.().catch(() => null);
    }
  });
  cameras.addEventListener("change", () => eye.choose(cameras.value));
  sound.addEventListener("change", () => {
    want(sound.checked);
    play("ok");
  });
}
