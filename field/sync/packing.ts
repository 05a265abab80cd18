/** Bodies packed with gzip, where the browser can; unpacked where nobody did it before. */
import type { Bytes } from "../store/bytes.ts";

async function through(bytes: Bytes, stream: GenericTransformStream): Promise<Bytes> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

interface GenericTransformStream {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly writable: WritableStream<BufferSource>;
}

export const canPack = (): boolean => typeof CompressionStream !== "undefined";

export const packed = (bytes: Bytes): Promise<Bytes> => through(bytes, new CompressionStream("gzip"));

/** Browsers unpack what they are sent; what still begins as gzip does is unpacked here. */
export function unpacked(bytes: Bytes): Promise<Bytes> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isPacked && typeof DecompressionStream !== "undefined" ? through(bytes, new DecompressionStream("gzip")) : Promise.resolve(bytes);
}
