/**
 * Placeholder of the mask or HTTP class; a run of capitals (`HTTP` of `HTTPServer`); a capitalised or small word
 * (parts of camelCase); letters without case (Chinese …); digits that the mask left; two signs that carry meaning.
 */
const WORD = /<[a-z]+>|[1-5]xx|\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\d+|[%!]/gu;

/** Words of a masked text in order, in lower case: camelCase, snake_case and dotted.names are split. */
export function splitWords(text: string): string[] {
  const words = text.match(WORD);
  return words === null ? [] : words.map((word) => word.toLowerCase());
}

/** Whether a word was written by the program: not a placeholder, number or sign. */
export function isLetters(word: string): boolean {
  const first = word.charCodeAt(0);
  return first > 0x60 && word !== '%' && word !== '!';
}
