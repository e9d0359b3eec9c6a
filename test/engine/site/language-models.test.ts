import { describe, expect, test } from 'vitest';
import { SENT_ON, downloadPolicy, withHosts } from '../../../src/contract/download-policy.ts';
import { HEADER_POLICY, SITE_HEADERS } from '../../../src/contract/policy.ts';
import { answer } from '../../../src/engine/site/answer.ts';
import { SCOPE, asking, fakeSite, listOf } from './fake-site.ts';
import type { FakeSite, Server } from './fake-site.ts';

const SCRIPT = 'assets/llm-download.worker-1.js';
const FILES = { 'index.html': '<p>page</p>', [SCRIPT]: 'download()', 'assets/llm-store.worker-1.js': 'store()' };
const MODEL = 'https://models.example.org/x.gguf';
const WORKER = withHosts(new URL(SCRIPT, SCOPE).href, ['models.example.org', '*.cdn.example.org']);

const site = (server: Server = {}): FakeSite => fakeSite(listOf('one', FILES), { ...FILES, ...server });
/** As browsers make it, which says where it came from in the end. */
const from = (url: string, body = 'GGUF'): (() => Response) => () => Object.defineProperty(new Response(body), 'url', { value: url });
const query = (address: string): string => address.slice(SCOPE.length);

describe('the script that downloads models', () => {
  test('comes with the policy that its address asks for, and all other headers of the site', async () => {
    const response = await answer(site(), asking(query(WORKER)));
    expect(response.headers.get('content-security-policy')).toBe(downloadPolicy(['models.example.org', '*.cdn.example.org']));
    for (const [name, value] of Object.entries(SITE_HEADERS)) if (name !== 'content-security-policy') expect(response.headers.get(name), name).toBe(value);
    expect(await response.text()).toBe('download()');
  });

  test('without hosts may reach this site alone', async () => {
    expect((await answer(site(), asking(SCRIPT))).headers.get('content-security-policy')).toBe(downloadPolicy([]));
  });

  test.each(['?host=*', '?host=models.example.org;%20script-src%20*', '?host=10.0.0.1', '?host=models.example.org&evil=1'])('with %s is not given out', async (search) => {
    const response = await answer(site(), asking(SCRIPT + search));
    expect([response.status, response.headers.get('content-security-policy')]).toEqual([400, HEADER_POLICY]);
  });

  test.each([`blob:${SCOPE}1`, `${SCOPE}assets/llm-store.worker-1.js`, WORKER, undefined])('is given to no worker, with hosts or without: %s', async (asker) => {
    for (const path of [query(WORKER), SCRIPT]) {
      const response = await answer(site(), { ...asking(path), asker: async () => asker });
      expect([response.status, response.headers.get('content-security-policy')]).toEqual([403, HEADER_POLICY]);
    }
  });

  test('no other script has a policy of its own', async () => {
    expect((await answer(site(), asking('assets/llm-store.worker-1.js?host=models.example.org'))).headers.get('content-security-policy')).toBe(HEADER_POLICY);
  });
});

describe('a request to another site', () => {
  test('of that script is let through, with nothing of the page but the range, and told', async () => {
    const there = site({ [`${MODEL}?download=true`]: from(`${MODEL}?download=true`) });
    const response = await answer(there, asking(`${MODEL}?download=true`, { asker: WORKER, headers: { range: 'bytes=5-', 'x-secret': '1' } }));
    expect(await response.text()).toBe('GGUF');
    const [asked] = there.asked;
    expect([asked?.url, asked?.credentials, asked?.referrerPolicy, [...(asked?.headers ?? [])]]).toEqual([`${MODEL}?download=true`, 'omit', 'no-referrer', [['range', 'bytes=5-']]]);
    expect(there.told).toEqual([{ winnow: 'model', address: MODEL, hosts: ['models.example.org'] }]);
  });

  test('may be sent on to a host that is named, and not to another one', async () => {
    const there = site({ [MODEL]: from('https://eu.cdn.example.org/1') });
    expect((await answer(there, asking(MODEL, { asker: WORKER }))).status).toBe(200);
    const elsewhere = site({ [MODEL]: from('https://evil.example.org/1', 'what it says') });
    const response = await answer(elsewhere, asking(MODEL, { asker: WORKER }));
    expect([response.status, response.headers.get(SENT_ON)]).toEqual([502, 'evil.example.org']);
    expect(await response.text()).not.toContain('what it says');
    expect(elsewhere.told).toEqual([{ winnow: 'model', address: MODEL, hosts: ['models.example.org', 'evil.example.org'] }]);
  });

  test.each([
    ['of the page', SCOPE, MODEL], ['of a worker', `blob:${SCOPE}1`, MODEL], ['of a script of another build', WORKER.replace('worker-1', 'worker-2'), MODEL], ['of nobody', '', MODEL],
    ['of the script without hosts', new URL(SCRIPT, SCOPE).href, MODEL], ['of the script with one that is none', `${new URL(SCRIPT, SCOPE).href}?host=models.example.org&host=*`, MODEL],
    ['of the script at another site', WORKER.replace('example.test', 'evil.example.org'), MODEL],
    ['to a host that is not named', WORKER, 'https://evil.example.org/x.gguf'], ['without TLS', WORKER, MODEL.replace('https', 'http')], ['to another port', WORKER, MODEL.replace('.org', '.org:444')],
  ])('%s is refused, and nothing goes out', async (_, asker, address) => {
    const there = site({ [address]: from(address) });
    expect((await answer(there, asking(address, { asker }))).type).toBe('error');
    expect(there.asked).toEqual([]);
    expect(there.told).toEqual([expect.objectContaining({ winnow: 'refused', elsewhere: true })]);
  });

  test.each([{ method: 'POST', body: 'x' }, { method: 'PUT', body: 'x' }, { mode: 'no-cors' as const }])('that carries something, or hides its answer, is refused even there: %o', async (init) => {
    const there = site({ [MODEL]: from(MODEL) });
    expect((await answer(there, asking(MODEL, { asker: WORKER, ...init }))).type).toBe('error');
    expect(there.asked).toEqual([]);
  });
});

describe('the folder where whoever runs the site puts models', () => {
  /** The worker as it is started for a model of this site: for no host. */
  const FOR_SITE = new URL(SCRIPT, SCOPE).href;

  test('is the server’s; nothing of it is kept, and what came is told', async () => {
    const there = site({ 'llm/a.gguf': 'GGUF and more' });
    const asked = asking('llm/a.gguf?x=1', { asker: FOR_SITE });
    const response = await answer(there, asked);
    expect([response.status, await response.text(), response.headers.get('content-security-policy')]).toEqual([200, 'GGUF and more', HEADER_POLICY]);
    await asked.done();
    expect(there.told).toEqual([{ winnow: 'fetched', path: 'llm/a.gguf', bytes: 13 }]);
    expect(there.asked.map(({ url }) => url)).toEqual([`${SCOPE}llm/a.gguf`]);
    expect(there.caches.contents()).toEqual({});
  });

  test.each(['llm/..%2fsecret', 'llm/a/%2e%2e%2f..%2fsecret', 'llm/a%3Fwhat=1', 'llm/a%23b', 'llm/..%5csecret'])('%s does not lead out of it, and carries nothing', async (path) => {
    const there = site({ secret: 'x', 'llm/a?what=1': 'x' });
    expect((await answer(there, asking(path, { asker: FOR_SITE }))).status).toBe(404);
    expect(there.asked).toEqual([]);
  });

  test.each([SCOPE, `blob:${SCOPE}1`, `${SCOPE}assets/llm-store.worker-1.js`, WORKER.replace('worker-1', 'worker-2'), `${FOR_SITE}?host=*`, undefined])('is for nobody but the worker that downloads, since names of files can tell what was read: not for %s', async (asker) => {
    const there = site({ 'llm/a.gguf': 'GGUF', 'llm/models.json': '{"models":[]}' });
    expect((await answer(there, { ...asking('llm/a.gguf'), asker: async () => asker })).status).toBe(404);
    expect([there.asked, there.told]).toEqual([[], [{ winnow: 'refused', address: `${SCOPE}llm/a.gguf`, elsewhere: false }]]);
    // The list is one name, and so tells nothing.
    const list = await answer(there, { ...asking('llm/models.json?x=1'), asker: async () => asker });
    expect([list.status, await list.text(), there.asked.map(({ url }) => url)]).toEqual([200, '{"models":[]}', [`${SCOPE}llm/models.json`]]);
  });

  test('says what is not there, and takes nothing', async () => {
    const there = site();
    expect((await answer(there, asking('llm/models.json'))).status).toBe(404);
    expect((await answer(there, asking('llm/models.json', { method: 'POST', body: 'x' }))).status).toBe(405);
    expect((await answer(there, asking('llm2/a'))).status).toBe(404);
    expect(there.asked).toHaveLength(1);
  });
});
