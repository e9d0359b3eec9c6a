import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import type { LlmModel } from '../../src/contract/llm.ts';
import type { OpenOptions } from './page.ts';

/**
 * Lets a test start workers by hand, under the page's own policy: it takes part in the making of the one trusted-types policy
 * that the page is allowed, and has `llmWorker(script, name)` start a worker and `llmCall(name, method, args)` ask it.
 */
const BY_HAND = `(() => {
  const make = TrustedTypePolicyFactory.prototype.createPolicy;
  TrustedTypePolicyFactory.prototype.createPolicy = function (name, rules) {
    const policy = make.call(this, name, name === 'winnow-scripts' ? { createScriptURL: (address) => address } : rules);
    if (name === 'winnow-scripts') window.llmPolicy = policy;
    return policy;
  };
  const workers = {};
  window.llmWorker = (script, name, bootstrap) => {
    const address = new URL(script, document.baseURI).href;
    const start = bootstrap ? URL.createObjectURL(new Blob(['const early = []; const keep = (event) => { event.stopImmediatePropagation(); early.push(event); }; addEventListener("message", keep); import(' + JSON.stringify(address) + ').then(() => { removeEventListener("message", keep); for (const { data, ports } of early) dispatchEvent(new MessageEvent("message", { data, ports })); })'], { type: 'text/javascript' })) : address;
    workers[name] = new Worker(llmPolicy.createScriptURL(start), { type: 'module', name });
    window.llmErrors = [];
    workers[name].addEventListener('error', (event) => llmErrors.push(event.message || 'not loaded'));
  };
  window.llmCall = (name, method, args, bytes) => new Promise((resolve, reject) => {
    const id = Math.random().toString(36);
    const value = (arg) => ({ type: 'RAW', value: arg });
    const hear = ({ data }) => {
      if (data.id !== id) return;
      workers[name].removeEventListener('message', hear);
      if (data.type === 'HANDLER') resolve({ failed: data.value.value.name, words: data.value.value.message });
      else resolve({ value: data.value });
    };
    workers[name].addEventListener('message', hear);
    workers[name].postMessage({ id, type: 'APPLY', path: [method], argumentList: args.map(value) });
  });
  window.llmStop = (name) => workers[name].terminate();
})()`;

export const LLM_BY_HAND: OpenOptions = { prepare: async (context) => void (await context.addInitScript(BY_HAND)) };

/** The page makes its policy when it first needs one: to register its service worker. A function: text would be looked at again by `eval`, which the page forbids. */
const ready = (page: Page): Promise<unknown> => page.waitForFunction(() => 'llmPolicy' in window && navigator.serviceWorker.controller !== null);

/** What a call came to: its value, or the failure's code and words. */
export interface Called {
  readonly value?: unknown;
  readonly failed?: string;
  readonly words?: string;
}

export function scriptOf(name: 'llm-download' | 'llm-store' | 'wllama', dist = inject('dist')): string {
  const found = readdirSync(join(dist, 'assets')).find((file) => file.startsWith(`${name}.worker-`) && file.endsWith('.js'));
  if (found === undefined) throw new Error(`There is no ${name} worker in the built site.`);
  return `assets/${found}`;
}

/** Starts the download worker for these hosts, as the page does. */
export async function startDownload(page: Page, hosts: readonly string[], script = scriptOf('llm-download')): Promise<void> {
  await ready(page);
  const query = new URLSearchParams(hosts.map((host) => ['host', host])).toString();
  await page.evaluate(`llmWorker(${JSON.stringify(`${script}?${query}`)}, 'download')`);
}

/** Starts the worker that runs GGUF files, with nothing loaded. */
export async function startWllama(page: Page): Promise<void> {
  await page.waitForFunction(() => 'llmPolicy' in window);
  await page.evaluate(`llmWorker(${JSON.stringify(scriptOf('wllama'))}, 'wllama', true)`);
}

export async function startStore(page: Page, script = scriptOf('llm-store')): Promise<void> {
  await ready(page);
  await page.evaluate(`llmWorker(${JSON.stringify(script)}, 'store', true)`);
}

export function call(page: Page, worker: 'download' | 'store', method: string, ...args: unknown[]): Promise<Called> {
  return page.evaluate<Called>(`llmCall(${JSON.stringify(worker)}, ${JSON.stringify(method)}, ${JSON.stringify(args)})`);
}

/** A GGUF at a host; what is not said of it is not known. */
export function ggufAt(base: string, path: string, hosts: readonly string[], known: { readonly bytes?: number; readonly sha256?: string } = {}): LlmModel {
  const { bytes = 0, sha256 = '' } = known;
  return { id: path.replace(/\.gguf$/, ''), name: path, runtime: 'wllama', origin: 'own', base, hosts, files: [{ path, bytes, sha256 }], library: '', bytes, memoryBytes: 0, parameters: 0, licence: '', reasons: false, needsF16: false };
}

/** All names below the folder of language models in the browser's file system. */
export function inStorage(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(async () => {
    const names = [];
    const walk = async (folder, above) => { for await (const [name, handle] of folder.entries()) { names.push(above + name); if (handle.kind === 'directory') await walk(handle, above + name + '/'); } };
    const root = await navigator.storage.getDirectory();
    const store = await root.getDirectoryHandle('winnow-llm').catch(() => null);
    if (store !== null) await walk(store, '');
    return names.sort();
  })()`);
}
