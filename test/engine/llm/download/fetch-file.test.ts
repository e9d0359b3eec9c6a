import { describe, expect, test } from 'vitest';
import { fetchFile } from '../../../../src/engine/llm/download/fetch-file.ts';
import { hostFacts, listAddress } from '../../../../src/engine/llm/download/host-facts.ts';
import type { Fetch } from '../../../../src/engine/llm/download/host-facts.ts';

const ADDRESS = 'https://models.example.org/x.gguf';
const BODY = new TextEncoder().encode('0123456789');

/** A host that breaks off after some bytes, as often as it is told. */
function breaking(breaks: number[], ranges = true): { readonly fetch: Fetch; readonly asked: (string | null)[] } {
  const asked: (string | null)[] = [];
  const fetch: Fetch = async (_, init) => {
    const range = new Headers(init.headers).get('range');
    asked.push(range);
    const start = ranges ? Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0) : 0;
    const until = breaks.shift();
    const parts = [BODY.slice(start, until ?? BODY.length)];
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        const part = parts.shift();
        if (part !== undefined && part.length > 0) controller.enqueue(part);
        else if (until === undefined) controller.close();
        else controller.error(new TypeError('network error'));
      },
    });
    return new Response(body, { status: start > 0 ? 206 : 200, headers: { 'content-length': String(BODY.length - start) } });
  };
  return { fetch, asked };
}

async function all(fetch: Fetch, bytes = 0, signal = new AbortController().signal): Promise<string> {
  let text = '';
  for await (const chunk of fetchFile(ADDRESS, { path: 'x.gguf', bytes }, { fetch, signal, began: () => undefined, waits: [1, 1] })) text += new TextDecoder().decode(chunk);
  return text;
}

describe('a connection that breaks', () => {
  test('is taken up where it broke, however often, as long as something comes', async () => {
    const { fetch, asked } = breaking([3, 4, 6, 8]);
    expect(await all(fetch)).toBe('0123456789');
    expect(asked).toEqual([null, 'bytes=3-', 'bytes=4-', 'bytes=6-', 'bytes=8-']);
  });

  test('is given up when nothing more comes', async () => {
    const { fetch, asked } = breaking([3, 3, 3, 3, 3]);
    await expect(all(fetch)).rejects.toMatchObject({ code: 'llm-unavailable', message: expect.stringContaining('after 3 of 10 bytes') });
    expect(asked).toHaveLength(3);
  });

  test('of a host that can only begin anew is not patched together', async () => {
    await expect(all(breaking([3], false).fetch)).rejects.toMatchObject({ code: 'llm-unavailable', message: expect.stringContaining('cannot go on') });
  });

  test('that ends early without an error is one too', async () => {
    const short: Fetch = async (_, init) => new Response(new Headers(init.headers).has('range') ? null : '01234', { status: new Headers(init.headers).has('range') ? 206 : 200 });
    await expect(all(short, 10)).rejects.toMatchObject({ code: 'llm-unavailable', message: expect.stringContaining('after 5 of 10 bytes') });
  });

  test('is let go where more comes than the file has, be it without end', async () => {
    let given = 0;
    const endless: Fetch = async () => new Response(new ReadableStream<Uint8Array<ArrayBuffer>>({ pull(controller) { given++; controller.enqueue(BODY); } }));
    expect(await all(endless, 25)).toBe('0123456789'.repeat(3));
    expect(given).toBeLessThan(10);
  });

  test('ends at once when the person stops it', async () => {
    const stop = new AbortController();
    const { fetch } = breaking([3, 3, 3]);
    const done = all(async (address, init) => { const response = await fetch(address, init); stop.abort(); return response; }, 0, stop.signal);
    await expect(done).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test.each([[401, /signed in/], [403, /signed in/], [404, /no file x\.gguf/], [410, /no file/], [429, /429/], [500, /error \(status 500\)/]])('status %i is told in words', async (status, words) => {
  await expect(all(async () => new Response('', { status }))).rejects.toMatchObject({ code: 'llm-unavailable', message: expect.stringMatching(words) });
});

describe('what a host says of its files', () => {
  const BASE = 'https://huggingface.co/Qwen/Qwen3-0.6B-GGUF/resolve/main/';
  const HASH = 'ab'.repeat(32);
  const signal = new AbortController().signal;

  test('is asked for where there is a list', () => {
    expect(listAddress(BASE)).toBe('https://huggingface.co/api/models/Qwen/Qwen3-0.6B-GGUF/tree/main');
    expect(listAddress(`${BASE}Q8_0/`)).toBe('https://huggingface.co/api/models/Qwen/Qwen3-0.6B-GGUF/tree/main/Q8_0');
    for (const base of ['https://example.org/a/b/resolve/main/', 'https://huggingface.co/', '']) expect(listAddress(base)).toBe(null);
  });

  test('is taken where it is what the interface documents', async () => {
    const list = [{ type: 'file', path: 'x.gguf', size: 7, oid: 'c0ffee', lfs: { oid: HASH, size: 7 } }, { type: 'file', path: 'README.md', size: 3, oid: 'c0ffee' }, { path: 5, size: 1 }, { path: 'y', size: -1 }, null];
    const facts = await hostFacts(BASE, async () => new Response(JSON.stringify(list)), signal);
    expect([...facts.values()]).toEqual([{ path: 'x.gguf', bytes: 7, sha256: HASH }, { path: 'README.md', bytes: 3, sha256: '' }]);
  });

  test('is done without where it does not come', async () => {
    expect((await hostFacts(BASE, async () => new Response('<html>'), signal)).size).toBe(0);
    expect((await hostFacts(BASE, async () => { throw new TypeError('Failed to fetch'); }, signal)).size).toBe(0);
    expect((await hostFacts(BASE, async () => new Response('[]', { status: 500 }), signal)).size).toBe(0);
  });
});
