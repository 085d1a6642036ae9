// What the doors take of the noble packages: the check of Ed25519 signatures, which browsers themselves offer on secure origins
// alone. deploy/vendor.py makes one module of it, static/vendor/noble/noble.min.mjs.

export { hashes, verify } from "@noble/ed25519";
export { sha512 } from "@noble/hashes/sha2.js";
