// Reads QR codes in pictures, beside the page: a worker, so that the page stays quick and its own policy needs no WebAssembly.
// Takes {wasm} once, then {id, picture: ImageData}; answers {ready}, {id, text} (empty: nothing found) or {failed}.

import { prepareZXingModule, readBarcodes } from "../../vendor/zxing/zxing.min.mjs";

const WANTED = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true };

addEventListener("message", async ({ data }) => {
  try {
    if (data.wasm) {
      await prepareZXingModule({ overrides: { locateFile: () => data.wasm }, fireImmediately: true });
      postMessage({ ready: true });
    } else {
      const [found] = await readBarcodes(data.picture, WANTED);
      postMessage({ id: data.id, text: found?.isValid ? found.text : "" });
    }
  } catch (error) {
    postMessage({ id: data.id, failed: String(error?.message ?? error) });
  }
});
