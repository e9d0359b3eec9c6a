/** A piece of a message; `differs` where the others have something else there. */
export interface Part {
  readonly text: string;
  readonly differs: boolean;
}

/** Beyond this many words nobody compares by eye. */
const WORDS_MAX = 400;

/** Messages in pieces, those marked in which they differ word by word. Messages of unlike length are left whole. */
export function differingParts(messages: readonly string[]): Part[][] {
  const words = messages.map((message) => message.split(' ', WORDS_MAX + 1));
  const same = words.every(({ length }) => length === words[0].length && length <= WORDS_MAX);
  if (!same || words.length < 2) return messages.map((text) => [{ text, differs: false }]);
  return words.map((own) => {
    const parts: Part[] = [];
    own.forEach((word, at) => {
      const differs = words.some((other) => other[at] !== word);
      const last = parts.at(-1);
      if (last !== undefined && last.differs === differs) parts[parts.length - 1] = { text: `${last.text} ${word}`, differs };
      else {
        if (last !== undefined) parts.push({ text: ' ', differs: false });
        parts.push({ text: word, differs });
      }
    });
    return parts;
  });
}
