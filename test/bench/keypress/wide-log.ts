import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile, field, seeded, writeOnce } from '../generate-log.ts';
import { TEMPLATES } from '../templates.ts';

/** Part of the file's name: raise it when what is generated changes. */
const VERSION = 1;
const CHUNK_CHARS = 1 << 20;
const START = Date.UTC(2025, 2, 14);
/** Syllables of component names: words only, so that masking leaves them as they are. */
const HEADS = ['order', 'stock', 'ledger', 'tariff', 'route', 'mail', 'quota', 'batch', 'index', 'token', 'cart', 'feed', 'shard', 'lease', 'grant', 'audit', 'relay', 'trace', 'media', 'price'];
const TAILS = ['keeper', 'writer', 'loader', 'broker', 'guard', 'mapper', 'sender', 'reader', 'finder', 'pool', 'gate', 'agent', 'sweeper', 'router', 'worker', 'binder', 'planner', 'store', 'watch', 'merger'];
const LEVELS = ['INFO', 'WARN', 'ERROR'];

/**
 * A CSV of `rows` log rows in about `patterns` distinct patterns, streamed to disk: the templates of the other benches, each
 * said by many components. Early patterns are commoner, as in a real log. @returns its path
 */
export async function generateWideLog(folder: string, rows: number, patterns: number, seed = 1): Promise<string> {
  mkdirSync(folder, { recursive: true });
  return writeOnce(join(folder, `wide-v${VERSION}-${rows}-${patterns}-${seed}.csv`), csv(rows, patterns, seed));
}

function* csv(rows: number, patterns: number, seed: number): Generator<string> {
  const random = seeded(seed);
  const fill = TEMPLATES.map(([source, template]) => [source, compile(template)] as const);
  let chunk = 'timestamp,level,source,log_message\n';
  for (let row = 0; row < rows; row++) {
    // A cube puts four fifths of the rows on the first half of the patterns.
    const pattern = Math.floor(random() ** 3 * patterns);
    const [source, message] = fill[pattern % fill.length];
    const said = Math.floor(pattern / fill.length);
    const component = `${HEADS[said % HEADS.length]}-${TAILS[Math.floor(said / HEADS.length) % TAILS.length]}`;
    chunk += `${new Date(START + row * 7).toISOString()},${LEVELS[pattern % 11 === 0 ? 2 : pattern % 7 === 0 ? 1 : 0]},${source},${field(`${component}: ${message(random)}`)}\n`;
    if (chunk.length < CHUNK_CHARS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
