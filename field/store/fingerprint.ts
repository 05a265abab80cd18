/** The telephone's own lock as a second way to the master key: WebAuthn with its PRF extension, where there is one. */
import type { Bytes } from "./bytes.ts";
import { utf8 } from "./bytes.ts";

export interface Fingerprint {
  /** Make a credential on this telephone and ask it for its secret. */
  make(salt: Bytes): Promise<{ readonly credential: Bytes; readonly secret: Bytes } | null>;
  /** The same secret again, after the telephone's own lock was opened; null when it was not. */
  ask(credential: Bytes, salt: Bytes): Promise<Bytes | null>;
}

const WAITS = 60_000;
const NEUTRAL = "Notes";

/** What WebAuthn's level 3 adds, until every list of types knows it. */
interface PrfAnswer {
  readonly prf?: { readonly results?: { readonly first?: ArrayBuffer } };
}
interface PrfWish {
  readonly prf: { readonly eval: { readonly first: Bytes } };
}

export function webAuthn(): Fingerprint | null {
  if (typeof PublicKeyCredential === "undefined" || !navigator.credentials) return null;
  return { make, ask };
}

async function make(salt: Bytes): Promise<{ credential: Bytes; secret: Bytes } | null> {
  const wish: PrfWish = { prf: { eval: { first: salt } } };
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rp: { name: NEUTRAL },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name: NEUTRAL, displayName: NEUTRAL },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
      authenticatorSelection: { authenticatorAttachment: "platform", residentKey: "discouraged", userVerification: "required" },
      timeout: WAITS,
      extensions: wish as AuthenticationExtensionsClientInputs,
    },
  });
  if (!(made instanceof PublicKeyCredential)) return null;
  const credential = new Uint8Array(made.rawId);
  const secret = secretIn(made) ?? (await ask(credential, salt));
  return secret && { credential, secret };
}

async function ask(credential: Bytes, salt: Bytes): Promise<Bytes | null> {
  const wish: PrfWish = { prf: { eval: { first: salt } } };
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      allowCredentials: [{ type: "public-key", id: credential }],
      userVerification: "required",
      timeout: WAITS,
      extensions: wish as AuthenticationExtensionsClientInputs,
    },
  });
  return found instanceof PublicKeyCredential ? secretIn(found) : null;
}

function secretIn(found: PublicKeyCredential): Bytes | null {
  const told = found.getClientExtensionResults() as PrfAnswer;
  const secret = told.prf?.results?.first;
  return secret ? new Uint8Array(secret) : null;
}

/** What the secret of a telephone's lock is made into before it wraps anything. */
export const FINGERPRINT_LABEL = utf8("karama.field.fingerprint.1");
