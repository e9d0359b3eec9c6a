import fc from 'fast-check';
import { crc32 as zlibCrc, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/engine/unpack/crc32.ts';
import { inflateGzip } from '../../../src/engine/unpack/inflate-gzip.ts';
import { inflateZstd } from '../../../src/engine/unpack/inflate-zstd.ts';
import { fixture, isPrefix, joined, unpackAll } from './packed.ts';

const LOG = fixture('app.log');
const PIECES = [1, 7, 100, 65_536];

describe('gzip', () => {
  test.each(['app.log.gz', 'app.log.members.gz'])('%s comes out whole, whatever the pieces', async (name) => {
    for (const piece of PIECES) expect(await unpackAll(inflateGzip, fixture(name), piece)).toEqual({ bytes: LOG, error: null });
  });

  test('any members, one after another, are what zlib packed', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 6 }), fc.constantFrom(...PIECES), async (members, piece) => {
      const packed = joined(members.map((member) => gzipSync(member)));
      expect(await unpackAll(inflateGzip, packed, piece)).toEqual({ bytes: joined(members), error: null });
    }), { numRuns: 150 });
  });

  test('thousands of empty members are no matter', async () => {
    const packed = joined([...Array.from({ length: 20_000 }, () => gzipSync(new Uint8Array(0))), gzipSync(LOG)]);
    expect(await unpackAll(inflateGzip, packed)).toEqual({ bytes: LOG, error: null });
  });

  test('zeros after the end are padding, other bytes are said', async () => {
    expect(await unpackAll(inflateGzip, joined([fixture('app.log.gz'), new Uint8Array(1000)]))).toEqual({ bytes: LOG, error: null });
    for (const junk of ['x', 'something else']) {
      const { bytes, error } = await unpackAll(inflateGzip, joined([fixture('app.log.members.gz'), new TextEncoder().encode(junk)]));
      expect(bytes).toEqual(LOG);
      expect(error?.message).toMatch(/“x\.log” is damaged: something that is not compressed follows its end/);
    }
  });

  test('cut anywhere, it gives what can be had, and says so', async () => {
    const packed = fixture('app.log.members.gz');
    const single = fixture('app.log.gz');
    const firstMember = new TextEncoder().encode(`${new TextDecoder().decode(LOG).split('\n').slice(0, 20).join('\n')}\n`).length;
    let most = 0;
    for (const whole of [packed, single]) {
      for (let cut = 12; cut < whole.length; cut++) {
        const { bytes, error } = await unpackAll(inflateGzip, whole.subarray(0, cut), 64);
        expect(isPrefix(bytes, LOG)).toBe(true);
        // Where the first of two members ends, nothing tells that another followed.
        if (error === null) expect([whole, bytes.length]).toEqual([packed, firstMember]);
        else expect(error.message).toMatch(/ends in the middle.*is kept/);
        most = Math.max(most, bytes.length);
      }
    }
    expect(most).toBe(LOG.length);
  });

  test('with any byte changed, it gives no more than it says, and ends', async () => {
    const packed = fixture('app.log.members.gz');
    // The 10 bytes of each header say nothing of the text but in the first four.
    const silent = new Set([4, 5, 6, 7, 8, 9]);
    for (let at = 0; at < packed.length; at++) {
      const bytes = packed.slice();
      bytes[at] ^= 1 << (at % 8);
      const { error, bytes: out } = await unpackAll(inflateGzip, bytes);
      if (error === null && !silent.has(at)) expect(out).toEqual(LOG);
    }
  });
});

describe('zstd', () => {
  test.each(['app.log.zst', 'app.log.frames.zst'])('%s comes out whole, whatever the pieces', async (name) => {
    for (const piece of PIECES) expect(await unpackAll(inflateZstd, fixture(name), piece)).toEqual({ bytes: LOG, error: null });
  });

  test('a window that is too large is refused, with what to do', async () => {
    const { bytes, error } = await unpackAll(inflateZstd, fixture('app.log.wide.zst'));
    expect(bytes).toHaveLength(0);
    expect(error?.message).toMatch(/needs 256 MB.*--long=31/);
  });

  test('cut anywhere, it gives what can be had, and says so', async () => {
    const packed = fixture('app.log.frames.zst');
    for (let cut = 5; cut < packed.length; cut++) {
      const { bytes, error } = await unpackAll(inflateZstd, packed.subarray(0, cut), 64);
      expect(isPrefix(bytes, LOG)).toBe(true);
      if (error !== null) expect(error.message).toMatch(/ends in the middle.*is kept/);
      else expect(bytes.length).toBeGreaterThan(0);
    }
  });

  test('with any byte changed, it ends, and its checksum tells', async () => {
    const packed = fixture('app.log.zst');
    for (let at = 0; at < packed.length; at++) {
      const bytes = packed.slice();
      bytes[at] ^= 1 << (at % 8);
      const { error, bytes: out } = await unpackAll(inflateZstd, bytes);
      // What the header says of sizes may change and the text stay; text that changed is never silent.
      if (error === null && out.length > 0) expect(out).toEqual(LOG);
    }
  });

  test('many small frames are no matter', async () => {
    const skippable = Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0);
    const packed = joined([...Array.from({ length: 20_000 }, () => skippable), fixture('app.log.zst')]);
    expect(await unpackAll(inflateZstd, packed)).toEqual({ bytes: LOG, error: null });
  });
});

test('the checksum is that of zlib', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 60 }), (one, other) => {
    const expected = typeof zlibCrc === 'function' ? zlibCrc(joined([one, other])) : new DataView(new Uint8Array(gzipSync(joined([one, other]))).buffer).getUint32(gzipSync(joined([one, other])).length - 8, true);
    expect(crc32(crc32(0, one), other)).toBe(expected);
  }));
  expect(deflateRawSync(LOG).length).toBeLessThan(LOG.length);
});
