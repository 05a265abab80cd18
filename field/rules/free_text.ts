/** What had better not stand in free words: a test result, and somebody's name. Hints to the writer; nothing is refused.
 *
 * Results as karama/rules/free_text.py: a word for the virus and one for a result close together, in each language of
 * the interface. Names: those that are known on this telephone, words by which a name is told, usual given names, and words
 * that are written with a capital where no sentence begins. Better asked once too often: whoever asks refuses nothing.
 */
import { plain, tokens } from "./letters.ts";

/** Characters that may stand between the two words: about a short sentence. */
export const NEAR = 30;
export const VIRUS: readonly string[] = [
  "hiv", "h\\.i\\.v", "vih", "sida", "aids", "vvu", "ukimwi", "kanjamau", "virus(?:i)? vya ukimwi",
  "الايدز", "ايدز", "السيدا", "(?:فيروس )?نقص المناعه", "ئايدز", "ئایدز", "ایدز", "اچ ای وی", "ئێچ ئای ڤی",
];
export const RESULT: readonly string[] = [
  "\\+", "pos", "positive", "negative", "neg", "reactive", "non.?reactive", "status", "infected", "carrier",
  "positi[fv]e?", "negati[fv]e?", "reactif", "infectee?", "porteuse?", "statut",
  "positiv[oa]", "negativ[oa]", "reactiv[oa]", "infectad[oa]", "portador[a]?", "estado serologico",
  "ايجابي(?:ه)?", "سلبي(?:ه)?", "مصاب(?:ه)?", "حامل(?:ه)?", "موجب(?:ه)?", "سالب(?:ه)?",
  "پۆزەتیڤ", "پۆزەتيڤ", "نێگەتیڤ", "نێگەتيڤ", "تووشبوو", "هەڵگری", "هەڵگري",
  "chanya", "hasi", "ameambukizwa", "pozitif", "negatif", "enfekte",
];
/** Before a word for the virus, and at once: "has HIV"; after it they say nothing. */
export const HAS: readonly string[] = [
  "has", "have", "living with", "tiene", "vive con", "a le", "vit avec(?: le)?", "ana", "anaishi na",
  "(?:ya|ta|su)na (?:da|dauke da)", "mai(?: cutar)?", "li gen", "لديه(?:ا)?", "عنده(?:ا)?", "متعايش(?:ه)?",
  "متعايش(?:ه)? مع", "هەیەتی",
];
export const BOTH: readonly string[] = [
  "sero.?positi[fv]e?", "sero.?negati[fv]e?", "sero.?positiv[oa]", "sero.?negativ[oa]", "sewopozitif",
  "plhiv", "pvvih", "on arvs?", "on antiretrovirals?", "viral load", "carga viral", "charge virale",
  "cd4", "الحمل الفيروسي",
];
/** Before a name, in the languages of the interface: "her name is". */
const NAMED: readonly string[] = [
  "(?:his|her|their|my|whose) (?:real |true |full |first |last )?names?(?: is| are|:)", "(?:real|true) name(?: is|:)",
  "se llaman?", "me llamo", "(?:su|mi) (?:verdadero )?nombre(?: real| verdadero)?(?: es|:)",
  "s ?appell(?:e|ent)", "m ?appelle", "(?:son|sa|mon) (?:vrai )?(?:nom|prenom)(?: est|:)",
  "(?:اسمها|اسمه|اسمي|اسمهم)(?: الحقيقي)?(?: هو)?", "يدعي", "تدعي",
  "ناوی راستەقینەی", "ناوی", "ناوم",
  "(?:majina|jina) (?:lake|langu|lao|yao)(?: halisi)?(?: ni|:)", "anaitwa", "naitwa", "wanaitwa",
  "sunan(?:ta|sa|shi|su|a)", "ana kiran(?:ta|sa)",
  "non (?:li|mwen|yo)(?: se|:)", "(?:li|mwen|yo) rele",
];

const LETTER = "[\\p{L}\\p{N}_]";
const anyOf = (words: readonly string[]): string =>
  `(?:${words.map((word) => (word === "\\+" ? word : `(?<!${LETTER})${before(word)}${word}(?!${LETTER})`)).join("|")})`;

/** What Arabic writes together with the word that follows: and, with, so, as, the. */
function before(word: string): string {
  const first = word.replace(/^[(?:]+/, "").charAt(0);
  return first >= "\u0600" && first <= "\u06ff" ? "[وبفك]?(?:ال)?" : "";
}

/** Made at first use; a browser that cannot read such a pattern gives no hint rather than no app. */
function pattern(make: () => string): () => RegExp | null {
  let made: RegExp | null | undefined;
  return () => {
    if (made === undefined) {
      try {
        made = new RegExp(make(), "u");
      } catch {
        made = null;
      }
    }
    return made;
  };
}
const aResult = pattern(() => [
  anyOf(BOTH), `${anyOf(VIRUS)}.{0,${NEAR}}?${anyOf(RESULT)}`, `${anyOf(RESULT)}.{0,${NEAR}}?${anyOf(VIRUS)}`, `${anyOf(HAS)} ${anyOf(VIRUS)}`,
].join("|"));
/** "Her name is not known" tells none. */
const NO_NAME = "not|unknown|known|kept|hidden|desconocid[oa]|pas|inconnue?|no|haijulikani|غير|لا|مجهول";
const aName = pattern(() => `${anyOf(NAMED)}[ :,"«“'-]{1,3}(?!(?:${NO_NAME})(?!${LETTER}))\\p{L}{2,}`);

/** Whether the words seem to tell the result of an HIV test, good or bad, or that somebody is treated. */
export const namesAResult = (words: string): boolean => aResult()?.test(plain(words)) ?? false;

/** Parts of names that are words of their own everywhere. */
const PARTICLES: ReadonlySet<string> = new Set(["bin", "ibn", "bint", "abu", "umm", "abd", "ben", "del", "las", "los", "dos", "van", "von", "den", "der", "the", "les", "بن", "ابن", "بنت", "ابو", "ام", "عبد", "ال"]);
const SHORTEST_LATIN = 3;
/** Usual given names of the six countries that are no other word of their languages. */
const GIVEN = pattern(() => "maria jose juan carlos luis pedro jorge miguel andres diego camila valentina sofia isabella daniela mariana alejandr[oa] gabriel(?:a)? fernand[oa] beatriz margarita yolanda carmen patricia claudia sandra monica adriana paola natalia laura andrea julian sebastian felipe ricardo eduardo francisco antonio manuel (?:al|ro)berto javier oscar wilson edwin yesenia yuliana marie jacques joseph emmanuel esther chantal jeanne amina fatima(?:ta)? zainab khadija a[iy]sha hauwa halima maryam musa ibrahim abdullahi usman yusuf umar aliyu chioma ngozi chinedu emeka tunde mo?hamm?[ae]d muhammad ahmed mahmoud mustafa hussein hassan khaled omar layla shirin محمد احمد محمود مصطف[يى] حسين خالد ابراهيم يوسف عبدالله عبدالرحمن فاطم[هة] زينب مريم عائش[هة] خديج[هة] ليل[يى] سار[هة] زهراء رقي[هة] سمي[هة] طارق اسراء رنا شيماء حيدر جاسم كاظم عباس سعاد نادي[هة] سمير[هة]? رۆژين شيلان".replace(/ /g, "|").replace(/^.*$/, `^(?:$&)$`));
const CAPITAL = /^\p{Lu}\p{Ll}{2,}$/u;
/** Written with a capital, and nobody's name: days, months, languages, God. */
const NO_NAMES: ReadonlySet<string> = new Set("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december english spanish french arabic kurdish hausa swahili creole dios dieu god allah jesus ramadan eid whatsapp covid usted jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili".split(" "));

/** Whether a name seems to stand in the words. `known`: names of people here; `open`: names that may stand anywhere, of
 * places and colleagues. Asked before free words of a coded or anonymous record are saved. */
export function namesSomebody(words: string, known: readonly string[] = [], open: readonly string[] = []): boolean {
  if (aName()?.test(plain(words).replace(/[’`]/g, "'").replace(/\b([sm])'(?=a)/g, "$1 "))) return true;
  const wanted = new Set(known.flatMap(tokens).filter(tells));
  const fine = new Set(open.flatMap(tokens));
  const some = tokens(words).some((word) => spellings(word).some((one) => wanted.has(one) || (!fine.has(one) && GIVEN()?.test(one))));
  return some || isWrittenAsAName(words, fine);
}

/** A word with a capital that begins no sentence. Whoever writes without capitals is met by the names above. */
const isWrittenAsAName = (words: string, fine: ReadonlySet<string>): boolean =>
  words.split(/[.!?:;\n\r«“"(]+/).some((sentence) =>
    (sentence.match(/[\p{L}'’]+/gu) ?? []).slice(1).some((word) => CAPITAL.test(word) && !tokens(word).some((one) => fine.has(one) || NO_NAMES.has(one))));

const tells = (token: string): boolean => !PARTICLES.has(token) && Array.from(token).length >= (/^[\u0600-\u06ff]/.test(token) ? 2 : SHORTEST_LATIN);

/** A word, and without what Arabic writes together with it: and, with, so, as, to. */
function spellings(word: string): readonly string[] {
  return /^[وبفكل][\u0600-\u06ff]{2,}/.test(word) ? [word, word.slice(1)] : [word];
}
