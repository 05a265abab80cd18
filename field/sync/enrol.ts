/** Letting this telephone speak for somebody: her code, a key made here, and what the server says of her. */
import { Trouble } from "../phone.ts";
import { b64, type Bytes } from "../store/bytes.ts";
import type { Enrolled } from "../store/account.ts";
import type { Ground } from "../store/ground.ts";
import { t } from "../words/words.ts";
import { SYNC } from "./exchange.ts";
import { post } from "./post.ts";
import { VERSION, behindIn, enrolMessage, replyIn } from "./wire.ts";

const ENROL = "/field/enrol";
const NOT_IN_A_CODE = /[^23456789ABCDEFGHJKMNPQRTVWXYZ]/g;

/** The key with which a telephone will speak: made anew, or kept when the server does not know it any more. */
export interface Speaker {
  readonly device: string;
  readonly phone: string;
  readonly point: Bytes;
  readonly sign: (content: Bytes) => Promise<Bytes>;
}

interface Welcome {
  readonly installation: string;
  readonly device: string;
  readonly user: string;
  readonly alias: string;
  readonly postings: Enrolled["postings"];
  readonly server_key: string;
  readonly daily?: boolean;
}

/** A code as it was drawn, from what was typed or read by a camera. */
export const plainCode = (typed: string): string => typed.toUpperCase().replace(NOT_IN_A_CODE, "");

/** `user`: who this key spoke for until now; a code of somebody else is refused before it is used up. */
export async function enrol(ground: Ground, typed: string, speaker: Speaker, system: string, user = ""): Promise<Enrolled> {
  const code = plainCode(typed);
  const installation = await installationOf(ground);
  const proof = b64(await speaker.sign(enrolMessage(installation, code, speaker.device, speaker.phone, speaker.point)));
  const told = { v: VERSION, code, device: speaker.device, phone: speaker.phone, public_key: b64(speaker.point), proof, system: system.slice(0, 40), ...(user ? { user } : {}) };
  const came = await post(ground, ENROL, told, false);
  if (came.status !== 200) throw refused(came.status, came.body);
  const welcome = JSON.parse(came.body) as Welcome;
  return {
    installation: welcome.installation, device: welcome.device, phone: speaker.phone, user: welcome.user, alias: welcome.alias,
    postings: welcome.postings, posting: welcome.postings[0]?.id ?? "", serverKey: welcome.server_key, publicKey: told.public_key, daily: welcome.daily,
  };
}

async function installationOf(ground: Ground): Promise<string> {
  const came = await post(ground, SYNC, { v: VERSION });
  const reply = came.status === 200 ? replyIn(came.body) : null;
  if (!reply) throw behindIn(came.body) ? apart() : silence();
  return reply.installation;
}

const apart = (): Trouble =>
  new Trouble("versions_apart", t("This app and the server are of different versions."), t("Close the app and open it again with signal. If this stays, tell your administrator."));

const silence = (): Trouble =>
  new Trouble("offline", t("The server cannot be reached."), t("Come closer to the network and try once more. The code is good for a quarter of an hour."));

function refused(status: number, body: string): Trouble {
  if (status === 0 || status >= 500) return silence();
  try {
    const told = JSON.parse(body) as { code?: string; what?: string; do?: string };
    if (told.code && told.what) return new Trouble(told.code, told.what, told.do ?? "");
  } catch {
    // Not an answer of ours: the words below hold.
  }
  return new Trouble("enrolment_failed", t("This code was not taken."), t("Draw a new one on your account page and try once more."));
}
