/** Seals what stands on the input for the organisation, as a telephone does, and gives the file in base64. */
import { b64 } from "../../field/store/bytes.ts";
import { sealedFor } from "../../field/sync/courier.ts";
import type { Upload } from "../../field/sync/wire.ts";

interface Told {
  readonly key: string;
  readonly installation: string;
  readonly uploads: readonly Upload[];
}

let asked = "";
for await (const part of process.stdin) asked += String(part);
const told = JSON.parse(asked) as Told;
process.stdout.write(b64(await sealedFor(crypto, told.key, told.installation, told.uploads)));
