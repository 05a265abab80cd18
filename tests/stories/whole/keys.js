// Before the app itself: every secret that is drawn and every key that is made, as hexadecimal digits, in memory only.
(() => {
  globalThis.drawn = [];
  const digits = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const draw = crypto.getRandomValues.bind(crypto);
  Object.defineProperty(crypto, "getRandomValues", { value: (into) => {
    const told = draw(into);
    if (told.byteLength === 32) drawn.push(digits(told.buffer));
    return told;
  } });
  const make = crypto.subtle.generateKey.bind(crypto.subtle);
  crypto.subtle.generateKey = async (...told) => {
    const pair = await make(...told);
    if (pair.privateKey?.extractable) drawn.push(digits(await crypto.subtle.exportKey("pkcs8", pair.privateKey)));
    return pair;
  };
  const derive = crypto.subtle.deriveKey.bind(crypto.subtle);
  crypto.subtle.deriveKey = async (way, root, kind, _extractable, uses) => {
    const open = await derive(way, root, kind, true, uses);
    drawn.push(digits(await crypto.subtle.exportKey("raw", open)));
    return derive(way, root, kind, false, uses);
  };
  const take = crypto.subtle.importKey.bind(crypto.subtle);
  crypto.subtle.importKey = (form, key, ...told) => {
    if (form === "raw" && key.byteLength === 32) drawn.push(digits(key.slice().buffer));
    return take(form, key, ...told);
  };
})();
