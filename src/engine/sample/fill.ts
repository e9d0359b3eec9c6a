import { randomInt } from '../train/random.ts';
import type { Random } from '../train/random.ts';

/**
 * Fills a template. Placeholders: {n:LOW-HIGH} a whole number, {ms} a short time in seconds, {hex:DIGITS}, {uuid}, {ip} (RFC 5737
 * and RFC 1918 addresses only), {user}, {pick:a|b|c}.
 */
export function fill(template: string, random: Random): string {
  return template.replace(/\{([a-z]+)(?::([^}]*))?\}/g, (_, name: string, argument: string | undefined) => FILLERS[name](argument ?? '', random));
}

type Filler = (argument: string, random: Random) => string;

const FILLERS: Readonly<Record<string, Filler>> = {
  n(range, random) {
    const [low, high] = range.split('-').map(Number);
    return String(low + randomInt(random, high - low + 1));
  },
  ms: (_, random) => (0.02 + random() * 0.9).toFixed(7),
  hex: (digits, random) => hex(Number(digits), random),
  uuid: (_, random) => [8, 4, 4, 4, 12].map((digits) => hex(digits, random)).join('-'),
  ip: (_, random) => `10.11.${randomInt(random, 32)}.${1 + randomInt(random, 250)}`,
  user: (_, random) => `User${1 + randomInt(random, 640)}`,
  pick(choices, random) {
    const list = choices.split('|');
    return list[randomInt(random, list.length)];
  },
};

function hex(digits: number, random: Random): string {
  let text = '';
  while (text.length < digits) text += randomInt(random, 0x10000).toString(16).padStart(4, '0');
  return text.slice(0, digits);
}
