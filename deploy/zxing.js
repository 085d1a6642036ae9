// What the scan page takes of zxing-wasm: the reader alone. Bundled by deploy/vendor.py.

export { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
