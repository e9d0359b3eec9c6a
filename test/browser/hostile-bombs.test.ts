import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { zip, zipEnd } from './made-zip.ts';
import { closeBrowser, downloadCsv, drop, dropNext, dropToEnd, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';
import { cellsOf } from './saved-csv.ts';

/** MB that a page with a file of a few lines takes at most are some 500; what is measured is well below what a tab may have. */
const MOST_MB = 1600;

let opened: OpenPage | undefined;
let folder = '';

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'winnow-')); });
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeBrowser();
});

/** One page for all tests of a block, in a browser of its own: what a file leaves behind would show in the next. */
function sharedPage(): { readonly at: OpenPage } {
  const shared: { at: OpenPage } = { at: undefined as never };
  beforeAll(async () => {
    shared.at = await openPage(`${inject('site')}?save=download&raw=1`, { args: ['--mute-audio'] });
    await untilStage(shared.at.page, 'empty');
  });
  afterAll(() => shared.at.close());
  return shared;
}

/** Opens a page; where memory is measured in a browser of its own, so that the measure is this file's. */
async function open(measured = true): Promise<OpenPage> {
  opened = await openPage(`${inject('site')}?save=download&raw=1`, measured ? { args: ['--mute-audio'] } : {});
  await untilStage(opened.page, 'empty');
  return opened;
}

/** The most memory that any process of the browser has had so far, in MB; 0 where the system does not tell. */
async function peakMemory({ context }: OpenPage): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  return Math.max(0, ...processInfo.map(({ id }) => {
    const status = `/proc/${id}/status`;
    return existsSync(status) ? Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) / 1024 : 0;
  }));
}

/** A file on disk of `megabytes` of one text again and again between two others, written piece by piece. */
async function large(name: string, before: string, unit: string, megabytes: number, after: string): Promise<string> {
  const path = join(folder, name);
  const file = await openFile(path, 'w');
  await file.write(before);
  const block = Buffer.alloc(1 << 20, unit);
  for (let at = 0; at < megabytes; at++) await file.write(block);
  await file.write(after);
  await file.close();
  return path;
}

const LINE = '2024-06-01 10:00:00 ERROR web: something went wrong with the disk of this machine\n';

describe('one line of up to 1 GB: what is longer than a record can be is said, what came before is kept, and the next file works', () => {
  test.each([
    ['plain, 1 GB', 'long.log', 1024, `${LINE}`, ''],
    ['a string in JSON', 'long.ndjson', 300, '{"level":"error","message":"disk is full"}\n{"level":"error","message":"', '"}\n'],
    ['a quoted cell', 'long.csv', 300, 'source,log_message\na,disk is full\nb,"', '"\n'],
  ] as const)('%s', async (_, name, megabytes, before, after) => {
    const at = await open();
    const path = await large(name, before, 'lorem ipsum ', megabytes, after);
    expect(await dropToEnd(at.page, path)).toBe('ready');
    rmSync(path);
    expect(await at.page.locator('main').getAttribute('data-complete')).toBe('false');
    expect(await words(at.page, 'alert')).toMatch(/“long\.\w+” has a record of more than 256 MB.*cut it at line ends/);
    expect(await peakMemory(at)).toBeLessThan(MOST_MB);
    expect(await dropToEnd(at.page, { name: 'fine.log', bytes: LINE })).toBe('ready');
    expect(at.errors).toEqual([]);
  });
});

describe('what unpacks to far more than it holds', () => {
  /** Deflate blocks that are whole in themselves, so that any number of them may follow each other. */
  function bomb(gigabytes: number): { packed: Buffer; size: number } {
    const text = Buffer.alloc(1 << 24, LINE);
    const block = deflateRawSync(text, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
    const times = gigabytes * 64;
    return { packed: Buffer.concat([...Array.from({ length: times }, () => block), Buffer.from([3, 0])]), size: times * text.length };
  }

  test('10 GB in a gzip file is read a little at a time, and cancelled at once', async () => {
    const at = await open();
    const { page } = at;
    await drop(page, { name: 'bomb.log.gz', bytes: Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), bomb(10).packed, Buffer.alloc(8)]) });
    await page.getByText(/[\d,]{7,} entries so far/).first().waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Cancel' }).first().click();
    await untilStage(page, 'ready');
    expect(await page.locator('main').getAttribute('data-complete')).toBe('false');
    expect(await peakMemory(at)).toBeLessThan(MOST_MB);
    expect(at.errors).toEqual([]);
  });

  test('archives whose files overlap, or come to too much together, are refused before anything is unpacked', async () => {
    const at = await open();
    const { packed, size } = bomb(1);
    const entries = 1000;
    const overlapping = archive(packed, size, Array.from({ length: entries }, () => 0));
    const started = Date.now();
    expect(await dropToEnd(at.page, { name: 'overlap.zip', bytes: overlapping })).toBe('failed');
    expect(await words(at.page, 'alert')).toMatch(/“overlap\.zip” is a ZIP archive whose files overlap/);
    expect(Date.now() - started).toBeLessThan(20_000);
    await drop(at.page, { name: 'much.zip', bytes: archive(Buffer.alloc(1000, packed), 2 ** 31 - 1, [0]) });
    await expect.poll(() => words(at.page, 'alert')).toMatch(/“much\.zip”.* 2 GB in all, 2,\d{3},\d{3} times its size/);
    expect(await peakMemory(at)).toBeLessThan(MOST_MB);
    expect(at.errors).toEqual([]);
  });

  test('zstd that asks for a window of 2 GB, and an archive in an archive, say what to do', async () => {
    const at = await open(false);
    expect(await dropToEnd(at.page, { name: 'window.log.zst', bytes: Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 21 << 3, 1, 0, 0]) })).toBe('failed');
    expect(await words(at.page, 'alert')).toMatch(/“window\.log\.zst” needs 2048 MB of memory.*zstd -d --long=31/);
    await drop(at.page, { name: 'outer.zip', bytes: zip([['inner.zip', zip([['a.log', LINE]]).toString('latin1')]]) });
    await expect.poll(() => words(at.page, 'alert')).toMatch(/inner\.zip.*unpack/i);
    expect(at.errors).toEqual([]);
  });

  test('10,000 files in an archive, 20,000 members in a gzip file', async () => {
    const at = await open();
    expect(await dropToEnd(at.page, { name: 'many.zip', bytes: zip(Array.from({ length: 10_000 }, (_, file) => [`${file}.log`, LINE])) })).toBe('ready');
    expect(await words(at.page, 'alert')).toMatch(/“many\.zip” holds 10,000 files; the first 1,000 were opened/);
    const member = gzipSync(LINE);
    await drop(at.page, { name: 'members.log.gz', bytes: Buffer.concat(Array.from({ length: 20_000 }, () => member)) });
    await at.page.getByText('members.log.gz', { exact: true }).first().waitFor();
    await untilStage(at.page, 'ready');
    await expect.poll(() => words(at.page, 'status')).toContain('20,000 entries');
    expect(await peakMemory(at)).toBeLessThan(MOST_MB);
    expect(at.errors).toEqual([]);
  });

  /** An archive of one deflated body with an entry for each of `places` (all at the same local header where they are equal). */
  function archive(body: Buffer, size: number, places: readonly number[]): Buffer {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(5, 22);
    const names = places.map((_, at) => Buffer.from(String(10_000 + at)));
    const list = Buffer.concat(places.flatMap((place, at) => {
      const rest = Buffer.alloc(14);
      rest.writeUInt32LE(place, 10);
      return [Buffer.from('PK\x01\x02\x14\x00'), common, rest, names[at] as Buffer];
    }));
    return Buffer.concat([Buffer.from('PK\x03\x04'), common, names[0] as Buffer, body, list, zipEnd(places.length, list.length, 35 + body.length)]);
  }
});

describe('texts that are large in an unusual way', () => {
  const shared = sharedPage();
  const deep = (open_: string, close: string, levels: number): string => open_.repeat(levels) + close.repeat(levels);
  const many = Array.from({ length: 200_000 }, (_, at) => `"k${at}":${at}`).join();
  test.each([
    ['JSON lines of 1,000,000 levels', 'deep.ndjson', `{"message":"one went"}\n{"message":"two","d":${deep('[', ']', 1e6)}}\n{"message":"x","a":${deep('{"a":', '}', 5e5)}}\n`, 3],
    ['a JSON document of 1,000,000 levels', 'deep.json', `{"Records":[{"message":"one went"},{"message":"two","d":${deep('[', ']', 1e6)}},{"message":"three"}]}`, 3],
    ['objects of 200,000 keys, some twice, some that every object has', 'keys.ndjson', `{"message":"one","__proto__":{"message":"no"},"constructor":1,"toString":2,${many},"level":"error"}\n{"message":"two","message":"last","__proto__":null}\n`, 2],
    ['a header of 100,000 columns and no row', 'head.csv', `${Array.from({ length: 100_000 }, (_, at) => `c${at}`).join()},message\n`, 0],
    ['lines of nothing but combining marks', 'zalgo.log', `${'\u0301\u0489\u20dd'.repeat(5000)}\n`.repeat(40), 40],
  ] as const)('%s', async (_, name, text, records) => {
    const { at } = shared;
    expect(await dropNext(at.page, { name, bytes: text })).toBe('ready');
    expect(cellsOf((await downloadCsv(at.page)).bytes)).toHaveLength(records + 1);
    expect(await peakMemory(at)).toBeLessThan(MOST_MB);
    expect(at.errors).toEqual([]);
  });

  test('more lines that are all different than patterns are kept: every one comes out', async () => {
    const at = await open();
    const letters = (n: number): string => n.toString(26).replace(/[0-9]/g, (digit) => 'qrstuvwxyz'[Number(digit)] as string);
    await drop(at.page, { name: 'distinct.log', bytes: Array.from({ length: 210_000 }, (_, n) => `User ${letters(n * 7919)}x logged in ${letters(n)}y\n`).join('') });
    // The encoder would read the first 20,000 patterns; reading and the word model are enough to see here.
    await at.page.getByRole('heading', { name: /^210,000 entries/ }).waitFor({ timeout: 100_000 });
    await at.page.getByRole('button', { name: 'Cancel' }).first().click();
    await untilStage(at.page, 'ready');
    expect(cellsOf((await downloadCsv(at.page)).bytes)).toHaveLength(210_001);
    expect(await peakMemory(at)).toBeLessThan(MOST_MB);
    expect(at.errors).toEqual([]);
  });
});

describe('encodings that lie', () => {
  const shared = sharedPage();
  const text = Array.from({ length: 30 }, (_, at) => `2024-06-01 10:00:${at + 10} ERROR disk ${at} of größe is full\n`).join('');
  const utf32 = Buffer.from([...text].flatMap((letter) => [letter.codePointAt(0) ?? 0, 0, 0, 0].map((byte) => byte & 255)));
  const ebcdic = Buffer.from([...text].map((letter) => (letter === '\n' ? 0x25 : letter === ' ' ? 0x40 : 0x81 + (letter.charCodeAt(0) % 100))));
  const twice = (part: Buffer): Buffer => Buffer.concat([Buffer.from(text), part, Buffer.from(`\n${text}`)]);
  test.each([
    ['overlong and cut UTF-8', 'overlong.log', twice(Buffer.from([0xc0, 0xaf, 0xe0, 0x80, 0xaf, 0xf8, 0x88, 0x80, 0x80, 0x80, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80, 0xe2, 0x82])), 'ready'],
    ['halves of pairs in UTF-16', 'halves.log', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le'), Buffer.from([0, 0xd8, 0x20, 0, 0, 0xdc, 0x0a, 0]), Buffer.from(text, 'utf16le'), Buffer.from([0x41])]), 'ready'],
    ['UTF-16 that does not say so', 'plain16.log', Buffer.from(text, 'utf16le').swap16(), 'ready'],
    ['marks of byte order in the middle', 'marks.log', twice(Buffer.from('\ufeff\ufeff disk is full \ufeff')), 'ready'],
    ['UTF-7', 'seven.log', Buffer.from(text.replaceAll('ö', '+APY-').replaceAll('ß', '+AN8-')), 'ready'],
    ['UTF-32', 'utf32.log', utf32, 'failed'],
    // Nothing tells it from Latin letters; it is shown as it is, and nothing breaks.
    ['EBCDIC', 'ebcdic.log', ebcdic, 'ready'],
  ] as const)('%s', async (_, name, bytes, stage) => {
    const { at } = shared;
    expect(await dropNext(at.page, { name, bytes })).toBe(stage);
    if (stage === 'failed') expect(await words(at.page, 'alert')).toMatch(/does not look like|UTF-32|not a text file/);
    else expect((await downloadCsv(at.page)).bytes.toString('utf8').match(/disk \d+ of/g)?.length ?? 0).toBeGreaterThanOrEqual(bytes === ebcdic ? 0 : 30);
    expect(at.errors).toEqual([]);
  });
});
