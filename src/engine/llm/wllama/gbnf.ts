/**
 * A grammar (llama.cpp's GBNF, grammars/README.md) for exactly one of these answers. A space may come before it: the
 * vocabularies of many models have their words with one.
 * @param answers not empty
 */
export function oneOf(answers: readonly string[]): string {
  return `root ::= " "? (${[...new Set(answers)].map(literal).join(' | ')})`;
}

/** Letters, digits and what has no meaning within quotes stand for themselves, all else by its code point. */
function literal(text: string): string {
  return `"${[...text].map((character) => (/^[\p{L}\p{N} _.,:;/()-]$/u.test(character) && character < '\u007f' ? character : escaped(character))).join('')}"`;
}

function escaped(character: string): string {
  return `\\U${codeOf(character).toString(16).padStart(8, '0')}`;
}

/** Tokens that the longest answer can take: at worst one a byte, and one for the space and one for the end. */
export function longest(answers: readonly string[]): number {
  const encoder = new TextEncoder();
  return Math.max(...answers.map((answer) => encoder.encode(answer).length)) + 2;
}

/** Half a surrogate pair stands for no character: it counts as the sign for that. */
function codeOf(character: string): number {
  const code = character.codePointAt(0) ?? 0xfffd;
  return code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
}
