import { afterEach, expect, test, vi } from 'vitest';

/** The policy is made once for a page, so each test has a page of its own. */
async function fresh(): Promise<typeof import('../../src/contract/start-script.ts')> {
  vi.resetModules();
  vi.stubGlobal('origin', 'http://site.test');
  return import('../../src/contract/start-script.ts');
}

afterEach(() => vi.unstubAllGlobals());

test('a bootstrap imports its script, and is the same one each time', async () => {
  const { bootstrap } = await fresh();
  const address = bootstrap('http://site.test/assets/reader.js');
  expect(address).toMatch(/^blob:/);
  expect(await (await fetch(address)).text()).toContain('import("http://site.test/assets/reader.js")');
  expect(bootstrap('http://site.test/assets/reader.js')).toBe(address);
  expect(bootstrap('http://site.test/assets/model.js')).not.toBe(address);
});

test.each(['http://other.test/x.js', 'https://site.test/x.js', 'data:text/javascript,1', 'blob:http://site.test/1', 'javascript:1'])('%s is no script of this site', async (address) => {
  const { bootstrap, trustedScript } = await fresh();
  expect(() => trustedScript(address)).toThrow(TypeError);
  expect(() => bootstrap(address)).toThrow(TypeError);
});

test('where the browser has trusted types, one policy answers and refuses', async () => {
  const { bootstrap, trustedScript } = await fresh();
  const createPolicy = vi.fn((name: string, rules: { createScriptURL(address: string): string }) => ({ createScriptURL: (address: string) => ({ name, address: rules.createScriptURL(address) }) }));
  vi.stubGlobal('trustedTypes', { createPolicy });
  expect(trustedScript('http://site.test/service-worker.js')).toEqual({ name: 'winnow-scripts', address: 'http://site.test/service-worker.js' });
  expect(bootstrap('http://site.test/a.js')).toMatchObject({ name: 'winnow-scripts' });
  expect(() => trustedScript('http://other.test/x.js')).toThrow(TypeError);
  expect(createPolicy).toHaveBeenCalledTimes(1);
});
