import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HEADER_POLICY, PAGE_POLICY, SITE_HEADERS } from '../../src/contract/policy.ts';

const INDEX = readFileSync(join(import.meta.dirname, '..', '..', 'index.html'), 'utf8');
/** What a browser meets in the head, in order. */
const HEAD = [...INDEX.slice(INDEX.indexOf('<head>') + '<head>'.length, INDEX.indexOf('</head>')).matchAll(/<[a-z][^>]*>/g)].map(([tag]) => tag);

function directives(policy: string): Map<string, string[]> {
  const parts = policy.split('; ').map((part) => part.split(' '));
  const map = new Map(parts.map(([name, ...values]): [string, string[]] => [name as string, values]));
  // A browser heeds the first of two directives of one name.
  expect(map.size, 'each directive once').toBe(parts.length);
  return map;
}

test('the page begins with its policy, and then with the script that takes away what it leaves open', () => {
  expect(HEAD[0]).toBe(`<meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}" />`);
  expect(HEAD[1]).toBe('<script src="/confine.js">');
  expect(INDEX.match(/http-equiv/g)).toHaveLength(1);
  expect(new TextEncoder().encode(INDEX.slice(0, INDEX.indexOf('charset='))).length, 'browsers look for the encoding in the first 1024 bytes').toBeLessThan(1000);
});

test('there is no script, style or handler in the page itself, which the policy would refuse', () => {
  expect(INDEX).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  expect(INDEX.match(/<script\b[^>]*>[^<]/g)).toBe(null);
});

test('the policy names no other site, and nothing that turns text into a program', () => {
  for (const [name, values] of directives(PAGE_POLICY)) {
    if (name === 'trusted-types') continue;
    for (const value of values) expect(["'self'", "'none'", "'script'", "'wasm-unsafe-eval'", 'blob:', 'data:'], name).toContain(value);
  }
  const policy = directives(PAGE_POLICY);
  expect(policy.get('default-src')).toEqual(["'none'"]);
  expect(policy.get('connect-src')).toEqual(["'self'"]);
  expect(policy.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  // Neither follows default-src.
  for (const name of ['base-uri', 'form-action']) expect(policy.get(name), name).toEqual(["'none'"]);
  expect(policy.get('require-trusted-types-for')).toEqual(["'script'"]);
});

test('the header says the same, and that no other page may frame this one', () => {
  expect(HEADER_POLICY).toBe(`${PAGE_POLICY}; frame-ancestors 'none'`);
  expect(SITE_HEADERS['content-security-policy']).toBe(HEADER_POLICY);
});

test("elements come from text only by the policy of Svelte's templates", () => {
  const svelte = readFileSync(join(import.meta.dirname, '..', '..', 'node_modules', 'svelte', 'src', 'internal', 'client', 'dom', 'reconciler.js'), 'utf8');
  const name = /createPolicy\('([^']+)'/.exec(svelte)?.[1];
  expect(directives(PAGE_POLICY).get('trusted-types')).toEqual([name, 'winnow-scripts']);
});
