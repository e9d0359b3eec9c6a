/** Caches of one origin, as the Service Workers specification has them, as far as they are used; `room` bytes fit in. */
export class FakeCaches implements CacheStorage {
  readonly all = new Map<string, FakeCache>();
  room = Infinity;

  async open(name: string): Promise<Cache> {
    const cache = this.all.get(name) ?? new FakeCache(this);
    this.all.set(name, cache);
    return cache;
  }
  async has(name: string): Promise<boolean> {
    return this.all.has(name);
  }
  async keys(): Promise<string[]> {
    return [...this.all.keys()];
  }
  async delete(name: string): Promise<boolean> {
    return this.all.delete(name);
  }
  async match(): Promise<undefined> {
    return undefined;
  }
  /** Every kept address, by cache. */
  contents(): Record<string, string[]> {
    return Object.fromEntries([...this.all].map(([name, cache]) => [name, [...cache.entries.keys()].sort()]));
  }
}

class FakeCache implements Cache {
  readonly entries = new Map<string, { readonly bytes: Uint8Array<ArrayBuffer>; readonly headers: Headers }>();
  private readonly owner: FakeCaches;

  constructor(owner: FakeCaches) {
    this.owner = owner;
  }
  async put(request: RequestInfo | URL, response: Response): Promise<void> {
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > this.owner.room) throw new DOMException('full', 'QuotaExceededError');
    this.owner.room -= bytes.length;
    this.entries.set(addressOf(request), { bytes, headers: new Headers(response.headers) });
  }
  async match(request: RequestInfo | URL, options?: CacheQueryOptions): Promise<Response | undefined> {
    const found = [...this.entries].find(([address]) => isLike(address, request, options))?.[1];
    return found && new Response(found.bytes, { headers: found.headers });
  }
  async keys(request?: RequestInfo | URL, options?: CacheQueryOptions): Promise<readonly Request[]> {
    return [...this.entries.keys()].filter((address) => request === undefined || isLike(address, request, options)).map((address) => new Request(address));
  }
  async delete(request: RequestInfo | URL): Promise<boolean> {
    return this.entries.delete(addressOf(request));
  }
  async matchAll(): Promise<readonly Response[]> {
    return [...this.entries.values()].map(({ bytes, headers }) => new Response(bytes, { headers }));
  }
  async add(): Promise<void> {
    throw new Error('nothing is kept unchecked');
  }
  async addAll(): Promise<void> {
    throw new Error('nothing is kept unchecked');
  }
}

function isLike(address: string, request: RequestInfo | URL, options: CacheQueryOptions | undefined): boolean {
  const plain = (one: string): string => (options?.ignoreSearch === true ? one.split('?')[0] : one);
  return plain(address) === plain(addressOf(request));
}

function addressOf(request: RequestInfo | URL): string {
  return request instanceof Request ? request.url : String(request);
}
