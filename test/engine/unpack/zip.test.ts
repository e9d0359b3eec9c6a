import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureCode } from '../../../src/contract/failure.ts';
import { PackedFiles } from '../../../src/engine/unpack/packed-files.ts';
import type { ZipEntry } from '../../../src/engine/unpack/zip-directory.ts';
import { zipMembers } from '../../../src/engine/unpack/zip-members.ts';
import { fileOf, fixture, joined } from './packed.ts';

const LOG = fixture('app.log');
const packed = (): PackedFiles => new PackedFiles();

async function textOf(bytes: Uint8Array, member: string): Promise<Uint8Array> {
  return (await packed().head(fileOf(bytes, 'a.zip'), { member })).bytes;
}

async function refusal(job: Promise<unknown>): Promise<string> {
  const error: unknown = await job.then(() => 'was not refused', (caught: unknown) => caught);
  return `${failureCode(error)}: ${error instanceof Error ? error.message : String(error)}`;
}

describe('an archive', () => {
  test('lists its files, without folders and what macOS adds', async () => {
    expect(await packed().members(fileOf(fixture('two.zip'), 'a.zip'))).toEqual(['logs/first.log', 'logs/app.log'].sort((a, b) => order(a) - order(b)));
    expect(await packed().members(fileOf(LOG, 'app.log'))).toEqual(['']);
    expect(await packed().members(fileOf(fixture('app.log.gz'), 'app.log.gz'))).toEqual(['']);
  });

  /** zip -r goes through a folder in whatever order the file system has. */
  function order(path: string): number {
    return new TextDecoder('latin1').decode(fixture('two.zip')).indexOf(path);
  }

  test('gives each file, stored, deflated, or from a pipe with zip64 fields', async () => {
    expect(await textOf(fixture('two.zip'), 'logs/app.log')).toEqual(LOG);
    expect(await textOf(fixture('two.zip'), 'logs/first.log')).toEqual(LOG.subarray(0, (await textOf(fixture('two.zip'), 'logs/first.log')).length));
    expect(await textOf(fixture('stored.zip'), 'logs/app.log')).toEqual(LOG);
    const [piped] = await packed().members(fileOf(fixture('piped.zip'), 'a.zip'));
    expect(await textOf(fixture('piped.zip'), piped)).toEqual(LOG);
    // Something stands before it, as in an archive that unpacks itself.
    expect(await textOf(joined([fixture('two.zip').subarray(0, 4), new Uint8Array(500), fixture('two.zip')]), 'logs/app.log')).toEqual(LOG);
  });

  test('with several files of one path gives each of them, under a name of its own', async () => {
    const entry = (path: string, at: number): ZipEntry => ({ path, method: 0, encrypted: false, packedSize: 1, size: 1, crc: 0, at });
    const members = zipMembers([entry('a.log', 0), entry('a.log', 1), entry('a.log (2)', 2), entry('a.log', 3), entry('b.log', 4)], 'a.zip', 1000);
    expect(members.map(({ path, at }) => [path, at])).toEqual([['a.log', 0], ['a.log (3)', 1], ['a.log (2)', 2], ['a.log (4)', 3], ['b.log', 4]]);
  });

  test('that was made to unpack to far more than it holds is refused before anything is unpacked', () => {
    const entry = (at: number, packedSize: number, size: number): ZipEntry => ({ path: `${at}.log`, method: 8, encrypted: false, packedSize, size, crc: 0, at });
    const refused = (entries: readonly ZipEntry[], bytes: number): string => {
      try {
        return String(zipMembers(entries, 'a.zip', bytes).length);
      } catch (error) {
        return `${failureCode(error)}: ${(error as Error).message}`;
      }
    };
    // Each of them shares its bytes with all that follow.
    expect(refused(Array.from({ length: 250 }, (_, at) => entry(at, 40_000 - at, 2 ** 26)), 42_000)).toMatch(/^file-unreadable: .*files overlap/);
    expect(refused(Array.from({ length: 900 }, (_, at) => entry(at, 10_000, 10_000_000)), 10_000_000)).toMatch(/^file-unreadable: .*8\.4 GB in all, 1,000 times its size/);
    expect(refused([entry(0, 2 ** 33, 2 ** 36)], 2 ** 34)).toMatch(/^file-unreadable: .*64 GB in all/);
    expect(refused(Array.from({ length: 900 }, (_, at) => entry(at, 100_000, 5_000_000)), 91_000_000)).toBe('900');
  });

  test('whose file unpacks to more than it says gives what it says', async () => {
    const lying = fixture('two.zip');
    for (let at = 0; at < lying.length; at++) if (lying[at] === 0x50 && lying[at + 1] === 0x4b && lying[at + 2] === 1) new DataView(lying.buffer).setUint32(at + 24, 100, true);
    const files = packed();
    const file = fileOf(lying, 'a.zip');
    const source = await files.open(file, { packing: 'zip', member: 'logs/app.log', encoding: 'utf-8' });
    const stream = source.stream();
    await expect((async () => {
      while ((await stream.readInto(new ArrayBuffer(1 << 16), 0, 1 << 16)).got > 0) { /* to its end */ }
    })()).rejects.toThrow(/unpacks to more than its archive says/);
  });

  test('that is encrypted, cut or packed in an unknown way is refused in words', async () => {
    expect(await refusal(textOf(fixture('encrypted.zip'), 'logs/app.log'))).toMatch(/^file-unreadable: .*a\.zip\/logs\/app\.log.* is encrypted.*password/);
    const deflate64 = fixture('two.zip');
    for (let at = 0; at < deflate64.length; at++) if (deflate64[at] === 0x50 && deflate64[at + 1] === 0x4b && deflate64[at + 2] === 1) deflate64[at + 10] = 9;
    expect(await refusal(textOf(deflate64, 'logs/app.log'))).toMatch(/^file-unreadable: .*Deflate64/);
    const whole = fixture('two.zip');
    for (let cut = 4; cut < whole.length; cut++) expect(await refusal(packed().members(fileOf(whole.subarray(0, cut), 'a.zip')))).toMatch(/^file-unreadable: .*a\.zip.*cut short/);
    expect(await refusal(textOf(whole, 'no.log'))).toMatch(/^file-unreadable: .*no\.log/);
  });

  test('that is an Excel workbook is said to be one', async () => {
    expect(await refusal(packed().members(fileOf(xlsx(), 'a.xlsx')))).toMatch(/^file-binary: a\.xlsx is an Excel workbook.*CSV/);
  });

  test('with any byte changed gives its text, or says what is wrong', async () => {
    const whole = fixture('two.zip');
    await fc.assert(fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const bytes = whole.slice();
      bytes[at] ^= by;
      const files = packed();
      const file = fileOf(bytes, 'a.zip');
      const members = await files.members(file).catch((error: unknown) => {
        expect(failureCode(error)).toMatch(/^file-/);
        return [];
      });
      for (const member of members) {
        if (member === '') continue;
        const source = await files.head(file, { member }).catch((error: unknown) => {
          expect(failureCode(error)).toMatch(/^file-/);
          return null;
        });
        // Text that was changed may look as if it were in another encoding, and take three bytes for each of its own.
        if (source !== null) expect(source.bytes.length).toBeLessThanOrEqual(3 * LOG.length);
      }
    }), { numRuns: 300 });
  });
});

/** The smallest archive with the two paths that tell a workbook: two stored files without contents. */
function xlsx(): Uint8Array {
  const paths = ['[Content_Types].xml', 'xl/workbook.xml'].map((path) => new TextEncoder().encode(path));
  const record = (size: number, fields: Readonly<Record<number, number>>): Uint8Array => {
    const bytes = new Uint8Array(size);
    for (const [at, value] of Object.entries(fields)) new DataView(bytes.buffer).setUint32(Number(at), value, true);
    return bytes;
  };
  const locals = paths.flatMap((path) => [record(30, { 0: 0x04034b50, 26: path.length }), path]);
  const entries = paths.flatMap((path, at) => [record(46, { 0: 0x02014b50, 28: path.length, 42: at === 0 ? 0 : 30 + paths[0].length }), path]);
  const [before, directory] = [joined(locals), joined(entries)];
  return joined([before, directory, record(22, { 0: 0x06054b50, 8: 2 | (2 << 16), 12: directory.length, 16: before.length })]);
}
