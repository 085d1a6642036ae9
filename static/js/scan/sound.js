// A short sound and a short shake for each kind of answer, when wanted: nobody need look at the screen to know.

const TONES = { ok: [[880, 0.09]], warn: [[520, 0.12], [520, 0.12]], bad: [[220, 0.35]] };
const SHAKES = { ok: [60], warn: [60, 60, 60], bad: [250] };
const KEY = "scan-sound";

let context = null;

export const isWanted = () => localStorage.getItem(KEY) !== "off";
export const want = (on) => localStorage.setItem(KEY, on ? "on" : "off");

/** Browsers let a page be heard only after somebody has touched it. */
export function wake() {
  context ??= window.AudioContext ? new AudioContext() : null;
  if (context?.state === "suspended") context.resume().catch(() => null);
}

export function play(tone) {
  if (!isWanted()) return;
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(SHAKES[tone] ?? []);
  if (context?.state !== "running") return;
  let at = context.currentTime;
  for (const [pitch, length] of TONES[tone] ?? []) {
    const [voice, volume] = [context.createOscillator(), context.createGain()];
    voice.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + length);
    voice.connect(volume).connect(context.destination);
    voice.start(at);
    voice.stop(at + length);
    at += length + 0.06;
  }
}
