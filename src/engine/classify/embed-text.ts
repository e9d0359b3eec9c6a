import type { PatternText } from '../../contract/verdict.ts';
import { LEVELS } from '../../contract/level.ts';

/** Plain words for the mask's placeholders: the encoder never saw `<num>` but knows what "0" is like. */
const PLAIN: Readonly<Record<string, string>> = {
  num: '0', str: 'value', hex: '0', id: 'id', time: 'time', path: 'path', ip: 'address', mac: 'address', url: 'url', mail: 'mail',
};

/**
 * What the encoder is shown of a pattern: its level in words, if it has one, and its text without the mask's signs.
 * The heads were trained on vectors of exactly this text.
 */
export function embedText({ text, level }: PatternText): string {
  const plain = text.replace(/<([a-z]+)>/g, (whole, name: string) => PLAIN[name] ?? whole);
  return level > 0 ? `${LEVELS[level]}: ${plain}` : plain;
}
