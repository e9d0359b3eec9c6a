import { DOT, isDigit, isLetter, skipSpaces } from './ascii.ts';
import { wordEnd } from './stamp-digits.ts';

/**
 * Names of months as logs abbreviate them or write them out, from January on; a bar parts those of one month. English, German,
 * French, Spanish, Italian, Portuguese, Dutch, Russian. Points behind abbreviations are no part of them.
 */
const NAMES = [
  'jan january januar jänner janv janvier ene enero gen gennaio janeiro januari янв января',
  'feb february februar febr févr fév février fevr febrero febbraio fev fevereiro februari фев февр февраля',
  'mar march mär mrz märz mars marzo março maart mrt maa мар марта',
  'apr april avr avril abr abril aprile апр апреля',
  'may mai mayo mag maggio maio mei май мая',
  'jun june juni juin junio giu giugno junho июн июня',
  'jul july juli juil juillet julio lug luglio julho июл июля',
  'aug august août aout ago agosto augustus авг августа',
  'sep sept september septembre septiembre set settembre setembro сен сент сентября',
  'oct october okt oktober octobre octubre ott ottobre out outubro окт октября',
  'nov november novembre noviembre novembro ноя нояб ноября',
  'dec december dez dezember déc decembre décembre dic diciembre dicembre dezembro дек декабря',
];

interface Word { readonly bytes: Uint8Array; readonly month: number }

const WORDS = new Map<number, Word[]>();
NAMES.forEach((line, index) => {
  for (const name of line.split(' ')) {
    const bytes = new TextEncoder().encode(name).map(folded);
    const code = bytes.reduce(hashed, 0);
    WORDS.set(code, [...(WORDS.get(code) ?? []), { bytes, month: index + 1 }]);
  }
});

/** Lower case of ASCII letters. Of what follows 0xc3 (É) and 0xd0, 0xd1 (Я) the bits that differ by case are dropped, which no two names need. */
function folded(byte: number): number {
  return isLetter(byte) ? byte | 32 : byte === 0xd1 ? 0xd0 : byte > 127 && byte < 0xc0 ? byte & 0x9f : byte;
}

function hashed(code: number, byte: number): number {
  return (Math.imul(code, 31) + byte) | 0;
}

/** Reads the name of a month in any of the languages above. */
export class MonthName {
  /** After `read` that gave a month: the offset behind the name and a point after it. */
  end = 0;

  /** 1…12 where a name stands at `at` and ends there; else 0. Allocates nothing. */
  read(bytes: Uint8Array, at: number, to: number): number {
    const p = wordEnd(bytes, at, to);
    if (p - at < 3) return 0;
    this.end = p < to && bytes[p] === DOT ? p + 1 : p;
    // A day, a year or a time follows: most words are told apart by that alone.
    const q = skipSpaces(bytes, this.end + 1, to);
    if (q >= to || !isDigit(bytes[q])) return 0;
    let code = 0;
    for (let i = at; i < p; i++) code = hashed(code, folded(bytes[i]));
    const words = WORDS.get(code);
    if (words === undefined) return 0;
    for (let i = 0; i < words.length; i++) if (isWord(words[i].bytes, bytes, at, p)) return words[i].month;
    return 0;
  }
}

function isWord(word: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (word.length !== to - from) return false;
  for (let i = 0; i < word.length; i++) if (word[i] !== folded(bytes[from + i])) return false;
  return true;
}
