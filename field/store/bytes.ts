/** Bytes and texts: what is sealed, signed and sent is bytes. */

export type Bytes = Uint8Array<ArrayBuffer>;

const DIGITS = "0123456789abcdef";

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
export const text = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (one) => DIGITS.charAt(one >> 4) + DIGITS.charAt(one & 15)).join("");

/** Base64 for addresses, without filling. */
export function b64(bytes: Uint8Array): string {
  let told = "";
  for (const one of bytes) told += String.fromCharCode(one);
  return btoa(told).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** The bytes again; empty when it is none. */
export function fromB64(told: string): Bytes {
  try {
    return Uint8Array.from(atob(told.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  } catch {
    return new Uint8Array(0);
  }
}

export function same(one: Uint8Array, other: Uint8Array): boolean {
  let differs = one.length ^ other.length;
  for (let at = 0; at < one.length; at += 1) differs |= (one[at] ?? 0) ^ (other[at] ?? 0);
  return differs === 0;
}
