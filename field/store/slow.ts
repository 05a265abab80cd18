/** The slow digest of a phrase, by itself: it is fetched after the first screen stands. */
export { argon2id } from "hash-wasm";
