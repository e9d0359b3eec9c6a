import { withHosts } from '../contract/download-policy.ts';
import { Failure, failureCode } from '../contract/failure.ts';
import type { LlmModel } from '../contract/llm.ts';
import type { LlmDownloadApi, LlmDownloaded, OnLlmStep } from '../contract/llm-api.ts';
import { SERVICE_WORKER } from '../contract/site.ts';
import type { SiteAsk } from '../contract/site.ts';
import { trustedScript } from '../contract/start-script.ts';
import downloadUrl from '../../workers/llm-download.worker.ts?worker&url';
import { lacksScript } from './ask-service-worker.ts';
import { Lane } from './lane.ts';
import { follow } from './follow.ts';

/** Browsers stop a service worker that nobody asks anything, and what passes through it with it (ms). */
const AWAKE_MS = 20_000;

/** Why no model can be fetched by this page, in words for a person; '' where it can be. */
export function whyNoDownload(): string {
  const instead = 'Download the file with your browser and drop it here; that works everywhere.';
  const container = globalThis.navigator?.serviceWorker as ServiceWorkerContainer | undefined;
  if (container === undefined || !isSecureContext) return `Winnow cannot fetch a model at this address: it is opened over plain http, in a private window, or site data is switched off. ${instead}`;
  if (container.controller?.scriptURL !== new URL(SERVICE_WORKER, document.baseURI).href) return `The part of Winnow that watches over downloads is not in control of this page yet. Reload the page and try again. Or: ${instead.charAt(0).toLowerCase()}${instead.slice(1)}`;
  return '';
}

/**
 * Fetches a model from the hosts that it names, and from no other, into this browser's storage. The worker that does it lives for
 * this download only.
 * @throws Failure 'llm-unavailable' (host unreachable, file not there, no service worker, page older than the site), 'llm-refused' (wrong hash, cut short, sent
 * on to another host), 'storage-full', 'save-failed'; AbortError where it was stopped. Nothing incomplete stays
 */
export async function downloadModel(model: LlmModel, onStep: OnLlmStep = () => undefined, signal?: AbortSignal): Promise<LlmDownloaded> {
  const why = whyNoDownload();
  if (why !== '') throw new Failure('llm-unavailable', why);
  // Firefox asks the person, who may never answer: nothing waits for that.
  void navigator.storage.persist?.().catch(() => undefined);
  const address = new URL(downloadUrl, document.baseURI).href;
  const { controller } = navigator.serviceWorker;
  if (controller !== null && (await lacksScript(controller, address, new URL('./', document.baseURI).href))) throw new Failure('llm-unavailable', 'This page has been updated since it was opened. Reload it, then download again.');
  signal?.throwIfAborted();
  const script = withHosts(address, model.hosts);
  const lane = new Lane<LlmDownloadApi>('fetching of the model', () => new Worker(trustedScript(script), { type: 'module', name: 'llm-download' }));
  const awake = setInterval(() => navigator.serviceWorker.controller?.postMessage({ winnow: 'list' } satisfies SiteAsk), AWAKE_MS);
  try {
    return await follow(lane, (api) => api.download(model), onStep, signal);
  } catch (error) {
    if (failureCode(error) === 'worker-died') throw new Failure('llm-unavailable', `The part of the page that fetches models could not be started or has stopped. What had come was thrown away. Reload the page and try again; or download the file with your browser and drop it here.`);
    throw error;
  } finally {
    clearInterval(awake);
    lane.terminate();
  }
}
