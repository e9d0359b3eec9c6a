import { expose } from 'comlink';
import type { Endpoint } from 'comlink';

/** One side of a wire: messages are cloned, and arrive later. */
class Wire extends EventTarget {
  other: Wire | null = null;
  cut = false;

  postMessage(message: unknown): void {
    const data: unknown = structuredClone(message);
    queueMicrotask(() => {
      if (!this.cut && this.other !== null && !this.other.cut) this.other.dispatchEvent(new MessageEvent('message', { data }));
    });
  }
}

/** A worker that serves an api from the same thread, and can die like a real one. */
export class FakeWorker extends Wire {
  terminated = false;

  constructor(api: object) {
    super();
    const inside = new Wire();
    this.other = inside;
    inside.other = this;
    expose(api, inside as unknown as Endpoint);
  }

  terminate(): void {
    this.terminated = true;
    this.cut = true;
  }

  /** What the page sees when the worker's script throws or cannot be loaded. */
  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message }));
  }

  garble(): void {
    this.dispatchEvent(new Event('messageerror'));
  }
}
