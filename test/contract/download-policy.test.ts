import { describe, expect, test } from 'vitest';
import { downloadPolicy, hostsOf, isDownloadScript, isHost, reaches, withHosts } from '../../src/contract/download-policy.ts';
import { HEADER_POLICY } from '../../src/contract/policy.ts';

const SCRIPT = 'https://example.org/winnow/assets/llm-download.worker-AbC_12.js';

test('one script has the exception', () => {
  expect(isDownloadScript('assets/llm-download.worker-AbC_12.js')).toBe(true);
  for (const path of ['assets/reader.worker-AbC.js', 'assets/llm-download.worker-a.js.map', 'x/assets/llm-download.worker-a.js', 'assets/llm-download.worker-a/b.js', 'llm/assets/llm-download.worker-a.js']) expect(isDownloadScript(path), path).toBe(false);
});

test.each(['huggingface.co', '*.hf.co', 'cas-bridge.xethub.hf.co', 'models.example.org:8443', 'localhost', 'localhost:1234', '127.0.0.1:1234'])('%s is a host', (host) => {
  expect(isHost(host)).toBe(true);
  expect(hostsOf(withHosts(SCRIPT, [host]))).toEqual([host]);
});

test.each(['', '*', '*.co', '*.*.hf.co', 'a.*.hf.co', 'https://hf.co', 'hf.co/x', 'hf.co;', "hf.co 'unsafe-inline'", 'hf.co; script-src *', 'HF.co', '-a.hf.co', 'user@hf.co', 'hf.co:', 'hf.co:123456', '10.0.0.1', '127.0.0.2', '[::1]', 'intranet', `${'a'.repeat(300)}.org`])('“%s” is none', (host) => {
  expect(isHost(host)).toBe(false);
  expect(hostsOf(withHosts(SCRIPT, ['huggingface.co', host]))).toBe(null);
});

test('an address that asks for anything else, or for very many, asks for nothing', () => {
  expect(hostsOf(SCRIPT)).toEqual([]);
  expect(hostsOf(`${SCRIPT}?host=hf.co&x=1`)).toBe(null);
  expect(hostsOf(withHosts(SCRIPT, Array.from({ length: 9 }, (_, at) => `h${at}.example.org`)))).toBe(null);
});

describe('reaches', () => {
  const hosts = ['huggingface.co', '*.hf.co', '127.0.0.1:1234'];
  test.each(['https://huggingface.co/a?b', 'https://cdn.hf.co/', 'https://a.b.hf.co/x', 'http://127.0.0.1:1234/x'])('%s', (address) => expect(reaches(hosts, address)).toBe(true));
  test.each(['http://huggingface.co/', 'https://huggingface.co:444/', 'https://xhuggingface.co/', 'https://huggingface.co.example.org/', 'https://hf.co/', 'https://evilhf.co/', 'https://cdn.hf.co:8443/', 'http://127.0.0.1:1235/', 'https://me@huggingface.co/', 'ftp://huggingface.co/', 'nonsense'])(
    'not %s', (address) => expect(reaches(hosts, address)).toBe(false));
});

test('the policy opens nothing but these hosts', () => {
  const directives = new Map(downloadPolicy(['huggingface.co', '*.hf.co', 'localhost:1234']).split('; ').map((part) => [part.split(' ')[0], part]));
  expect(directives.get('connect-src')).toBe("connect-src 'self' https://huggingface.co https://*.hf.co http://localhost:1234");
  expect(downloadPolicy([])).toContain("connect-src 'self';");
  // All else is as strict as on the page, or stricter: what the page may and this script has no use for falls to default-src.
  const page = new Map(HEADER_POLICY.split('; ').map((part) => [part.split(' ')[0], part]));
  for (const name of ['default-src', 'script-src', 'base-uri', 'form-action', 'frame-ancestors', 'require-trusted-types-for']) expect(directives.get(name), name).toBe(page.get(name));
  expect(directives.get('trusted-types')).toBe("trusted-types 'none'");
  for (const name of directives.keys()) expect([...page.keys()], name).toContain(name);
});
