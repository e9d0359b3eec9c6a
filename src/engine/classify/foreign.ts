import { FOREIGN_WORDS, SHARED_WORDS } from './foreign-words.ts';

/** A placeholder, a status class, or a word with its apostrophes. */
const WORD = /<[a-z]+>|[1-5]xx|\p{L}[\p{L}\p{M}’']*/gu;
/** The same where all is ASCII. */
const ASCII_WORD = /<[a-z]+>|[1-5]xx|[A-Za-z][A-Za-z']*/g;
const BEYOND_ASCII = /[^\u0000-\u007f]/;
/** Kana, Han, Hangul, Thai: written without blanks, so one run is many words. */
const UNSPACED = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Hangul}\p{Script=Thai}ー]/u;
/** So many letters of these make about a word. */
const UNSPACED_WORD = 2;
const LATIN = /^[\p{Script=Latin}\p{M}’']+$/u;
/** Endings that German and Spanish words have and English ones hardly, and from what length on. */
const ENDING = /(?:ungs?|ungen|keit|heit|liche?[nrsm]?|iert|ierte[nrsm]?|ción|ciones|amente|ados?|adas?|idos|idas)$/;
const ENDING_MIN = 7;
/** Words that end alike. */
const ENGLISH: ReadonlySet<string> = new Set('samsung colorado tornado desperado avocado armadas candidas'.split(' '));
/** A hint counts only beside a proof: a capitalised word with an accent may be somebody's name in an English text. */
const HINT = 0, PROOF = 1, NEUTRAL = 2;

/**
 * How much of a masked text is not English: 0 = nothing … 1 = all of its words. By script, accents, endings and words that only
 * other languages have (foreign-words.ts); placeholders and single letters are no words, all else is taken for English.
 */
export function foreignShare(text: string): number {
  const beyond = BEYOND_ASCII.test(text);
  const proofs = new Set<string>();
  let all = 0, proved = 0, hinted = 0;
  for (const word of text.match(beyond ? WORD : ASCII_WORD) ?? []) {
    const unspaced = beyond && UNSPACED.test(word);
    if (!unspaced && (word.length < 2 || word.startsWith('<') || word.endsWith('xx'))) continue;
    const weight = unspaced ? Math.max(1, word.length / UNSPACED_WORD) : 1;
    all += weight;
    const kind = unspaced ? PROOF : kindOf(word, beyond && BEYOND_ASCII.test(word));
    if (kind === PROOF) {
      proved += weight;
      proofs.add(word);
    }
    if (kind === HINT) hinted += weight;
  }
  if (proofs.size === 0) return 0;
  // Beside one ASCII word alone hints prove nothing: it may be a name, a product, a command.
  const sure = proofs.size > 1 || [...proofs].some((word) => BEYOND_ASCII.test(word));
  return (sure ? proved + hinted : proved) / all;
}

function kindOf(word: string, beyond: boolean): typeof HINT | typeof PROOF | typeof NEUTRAL {
  // µs is a unit.
  if (beyond && (word.startsWith('µ') || word.startsWith('μ'))) return NEUTRAL;
  if (beyond && !LATIN.test(word)) return PROOF;
  // DER, DES, LOS …: abbreviations of programs; and lastErrorCode is a name in a program.
  if (!beyond && (word === word.toUpperCase() || /[a-z][A-Z]/.test(word))) return NEUTRAL;
  const small = word.toLowerCase();
  if (FOREIGN_WORDS.has(small) || (small.length >= ENDING_MIN && ENDING.test(small) && !ENGLISH.has(small))) return PROOF;
  if (!beyond) return SHARED_WORDS.has(small) ? HINT : NEUTRAL;
  return word === small ? PROOF : HINT;
}

/** From this share on a text counts as mostly not English. */
export const MOSTLY_FOREIGN = 0.3;
