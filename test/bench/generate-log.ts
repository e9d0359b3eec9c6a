import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { STACK_TRACE, TEMPLATES } from './templates.ts';

/** Part of the file's name: raise it when what is generated changes. */
const VERSION = 1;
const CHUNK_CHARS = 1 << 20;
const STACK_TRACE_SHARE = 0.005;
const START = Date.UTC(2025, 2, 14);
const USERS = ['amara', 'bjorn', 'chidi', 'dolores', 'emre', 'farida', 'goran', 'hana', 'ivo', 'jun', 'kwame', 'lucia'];
const WORDS = ['var', 'srv', 'data', 'opt', 'export', 'spool', 'backup', 'app', 'lib', 'share'];

export type LogForm = 'plain' | 'time';
type Random = () => number;
type Filler = (random: Random) => string;

/** Deterministic numbers in [0, 1) from a 32-bit seed (mulberry32 by Tommy Ettinger, public domain). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const int = (random: Random, max: number): number => Math.floor(random() * (max + 1));

function hex(random: Random, digits: number): string {
  let out = '';
  while (out.length < digits) out += int(random, 0xffffff).toString(16).padStart(6, '0');
  return out.slice(0, digits);
}

const FILLERS: Readonly<Record<string, (argument: string) => Filler>> = {
  n: (max) => (random) => String(int(random, Number(max))),
  hex: (digits) => (random) => hex(random, Number(digits)),
  uuid: () => (random) => [8, 4, 4, 4, 12].map((digits) => hex(random, digits)).join('-'),
  ip: () => (random) => `${10 + int(random, 200)}.${int(random, 255)}.${int(random, 255)}.${int(random, 255)}`,
  user: () => (random) => `${USERS[int(random, USERS.length - 1)]}${int(random, 99)}`,
  host: () => (random) => `node-${WORDS[int(random, WORDS.length - 1)]}-${int(random, 40)}`,
  path: () => (random) => `/${WORDS[int(random, WORDS.length - 1)]}/${WORDS[int(random, WORDS.length - 1)]}/${hex(random, 6)}`,
  ms: () => (random) => (random() * 900).toFixed(3),
  pick: (choices) => {
    const list = choices.split('|');
    return (random) => list[int(random, list.length - 1)];
  },
};

/** Turns a template into a function, so that each row costs no parsing. */
export function compile(template: string): Filler {
  const parts = template.split(/(\{[a-z]+(?::[^}]*)?\})/).filter((part) => part !== '').map((part): string | Filler => {
    const match = /^\{([a-z]+)(?::([^}]*))?\}$/.exec(part);
    if (match === null) return part;
    const filler = FILLERS[match[1]];
    if (filler === undefined) throw new Error(`Unknown placeholder ${part} in "${template}"`);
    return filler(match[2] ?? '');
  });
  return (random) => {
    let out = '';
    for (const part of parts) out += typeof part === 'string' ? part : part(random);
    return out;
  };
}

export function field(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows without end, each [source, message]; earlier templates are commoner, as in a real log. */
export function* messages(seed: number): Generator<readonly [source: string, message: string]> {
  const random = seeded(seed);
  const fill = TEMPLATES.map(([source, template]) => [source, compile(template)] as const);
  const trace = compile(STACK_TRACE);
  for (;;) {
    if (random() < STACK_TRACE_SHARE) yield ['ThirdPartyAPI', trace(random)];
    else {
      // A square puts seven tenths of the rows on the first half of the templates.
      const [source, message] = fill[Math.floor(random() ** 2 * fill.length)];
      yield [source, message(random)];
    }
  }
}

/** Writes chunks to a file, once: an existing one of that name is used again. */
export async function writeOnce(path: string, chunks: Iterable<string>): Promise<string> {
  if (existsSync(path)) return path;
  const out = createWriteStream(`${path}.part`);
  for (const chunk of chunks) if (!out.write(chunk)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  renameSync(`${path}.part`, path);
  return path;
}

function* csv(rows: number, form: LogForm, seed: number): Generator<string> {
  let chunk = form === 'time' ? 'timestamp,source,log_message\n' : 'source,log_message\n';
  let row = 0;
  for (const [source, message] of messages(seed)) {
    if (row >= rows) break;
    const time = form === 'time' ? `${new Date(START + row * 37).toISOString()},` : '';
    chunk += `${time}${source},${field(message)}\n`;
    row += 1;
    if (chunk.length < CHUNK_CHARS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/**
 * A CSV of realistic log rows below `folder`, streamed to disk. The same rows, form and seed give the same bytes.
 * @returns its path
 */
export async function generateLog(folder: string, rows: number, form: LogForm = 'plain', seed = 1): Promise<string> {
  mkdirSync(folder, { recursive: true });
  return writeOnce(join(folder, `log-v${VERSION}-${form}-${rows}-${seed}.csv`), csv(rows, form, seed));
}

/** A text file of `count` different one-line messages, one per line: input for encoders. */
export async function generateMessages(folder: string, count: number, seed = 1): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const seen = new Set<string>();
  for (const [, message] of messages(seed)) {
    if (!message.includes('\n')) seen.add(message);
    if (seen.size >= count) break;
  }
  return writeOnce(join(folder, `messages-v${VERSION}-${count}-${seed}.txt`), [`${[...seen].join('\n')}\n`]);
}
