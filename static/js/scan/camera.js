// The camera: opens it, shows it, reads QR codes in its pictures, one at a time; a choice of camera, and its light where it has one.

const SIDE = 720; // pixels of the square that is read: a code of 201 digits needs no more
const EVERY = 90; // ms between two pictures
const SAME = 3000; // ms in which the same code is not read again

/** Whether this page may ask for a camera at all (https, or the machine itself). */
export const isPossible = () => Boolean(window.isSecureContext && navigator.mediaDevices?.getUserMedia);

/** A camera shown in `video`. `found(text)` is called for each code; `changed({running, light, failed})` when something changed. */
export function camera(video, { reader, wasm, found, changed }) {
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  let worker = null;
  let stream = null;
  let isReading = false;
  let last = { text: "", at: 0 };
  let chosen = localStorage.getItem("scan-camera") ?? "";

  function begin() {
    if (worker) return;
    worker = new Worker(reader, { type: "module" });
    worker.onmessage = ({ data }) => {
      isReading = false;
      if (data.failed && data.id === undefined) return fail("reader");
      return data.text && report(data.text);
    };
    worker.onerror = () => fail("reader");
    worker.postMessage({ wasm });
  }

  function report(text) {
    const now = performance.now();
    if (text === last.text && now - last.at < SAME) return void (last.at = now);
    last = { text, at: now };
    found(text);
  }

  function fail(why) {
    stop();
    changed({ running: false, light: false, failed: why });
  }

  function look() {
    if (!stream) return;
    setTimeout(look, EVERY);
    if (isReading || video.readyState < 2 || document.hidden) return;
    const side = Math.min(video.videoWidth, video.videoHeight);
    if (!side) return;
    canvas.width = canvas.height = Math.min(side, SIDE);
    const [x, y] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
    brush.drawImage(video, x, y, side, side, 0, 0, canvas.width, canvas.height);
    const picture = brush.getImageData(0, 0, canvas.width, canvas.height);
    isReading = true;
    worker.postMessage({ id: 1, picture }, [picture.data.buffer]);
  }

  async function start() {
    if (stream || !isPossible()) return;
    const ideal = { width: { ideal: 1280 }, height: { ideal: 720 } };
    const which = chosen ? { deviceId: { exact: chosen } } : { facingMode: { ideal: "environment" } };
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { ...ideal, ...which }, audio: false });
    } catch (error) {
      if (chosen && ["OverconstrainedError", "NotFoundError"].includes(error.name)) {
        chosen = "";
        return start();
      }
      return fail(error.name === "NotAllowedError" ? "denied" : "none");
    }
    begin();
    const [track] = stream.getVideoTracks();
    track.onended = () => fail("none");
    video.srcObject = stream;
    await video.play().catch(() => null);
    changed({ running: true, light: Boolean(track.getCapabilities?.().torch), failed: "" });
    return look();
  }

  function stop() {
    for (const track of stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    stream = null;
    isReading = false;
    video.srcObject = null;
  }

  return {
    start,
    stop() {
      stop();
      changed({ running: false, light: false, failed: "" });
    },
    isRunning: () => stream !== null,
    /** The same code may be read again at once: somebody asked for it. */
    again: () => (last = { text: "", at: 0 }),
    async cameras() {
      const all = await navigator.mediaDevices.enumerateDevices();
      return all.filter(({ kind }) => kind === "videoinput").map(({ deviceId, label }) => ({ id: deviceId, label, chosen: deviceId === chosen }));
    },
    async choose(id) {
      chosen = id;
      localStorage.setItem("scan-camera", id);
      stop();
      await start();
    },
    light: (on) => stream?.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] }),
  };
}
