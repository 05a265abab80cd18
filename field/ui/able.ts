/** What a browser must be able to do before anybody's one-time code is used up on it. */

/** A WebAssembly module with nothing in it. */
const EMPTY = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);

/** Whether a key can be made of pictures here. Browsers of before 2022 refuse, since they do not know the policy that allows it. */
export async function canLock(): Promise<boolean> {
  try {
    await WebAssembly.compile(EMPTY);
    return true;
  } catch {
    return false;
  }
}
