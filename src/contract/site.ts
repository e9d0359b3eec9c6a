/**
 * Parts of the built site by when they are needed: `shell` before the first file and for all screens, `model` what the first
 * file makes a browser load (runtime and models on the processor), `gpu` what running the encoder on a graphics card needs beyond that,
 * `llm` the runtimes of language models, which nothing loads until the person asks for one.
 */
export const SITE_PARTS = ['shell', 'model', 'gpu', 'llm'] as const;
export type SitePart = (typeof SITE_PARTS)[number];

/** One file of the built site. */
export interface SiteFile {
  /** Relative to the folder of index.html, with `/`: `assets/index-1a2b.js`. The page itself is `index.html`. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly part: SitePart;
}

/** What a build consists of, sorted by path: `site.json` in the built site, and built into its service worker. It lists neither of the two. */
export interface SiteList {
  /** `__BUILD__`: SHA-256 over all that the site is made of. */
  readonly build: string;
  readonly files: readonly SiteFile[];
}

/** The list, and the service worker's script, beside index.html. */
export const SITE_LIST = 'site.json';
export const SERVICE_WORKER = 'service-worker.js';
/** The app manifest that index.html names, and the one that also offers the installed app where files are shared. */
export const APP_MANIFEST = 'manifest.webmanifest';
export const SHARING_MANIFEST = 'manifest-share.webmanifest';
/** Path below the scope to which the system then sends shared files, as a form, and its field with the files. */
export const SHARE = 'share';
export const SHARE_FIELD = 'files';
/** Folder beside index.html where whoever runs the site may put language models; no part of the build. */
export const LLM_FOLDER = 'llm/';
/** List of them, in that folder. */
export const LLM_LIST = `${LLM_FOLDER}models.json`;
/** Folder of language models in the browser's own file system (File System, "bucket file system"); a folder each. All sites of an origin share it. */
export const LLM_STORE = 'winnow-llm';
/** In the folder of a model: what it is, once it is complete; and while it is not. */
export const LLM_RECORD = 'model.json';
export const LLM_UNFINISHED = 'unfinished.json';
/** SHA-256 of every other file of the built site, in the form that `sha256sum -c` reads. */
export const HASHES = 'SHA256SUMS';

/** Caches are shared by all sites of an origin (as on GitHub Pages), so their names begin with the path of this one. */
export const cachePrefix = (scope: string): string => `winnow ${new URL(scope).pathname} `;
/** What the names of `programCache` begin with. */
export const programPrefix = (scope: string): string => `${cachePrefix(scope)}program `;
/** The shell of one build; older ones are deleted when a newer build takes over. */
export const programCache = (scope: string, build: string): string => programPrefix(scope) + build.slice(0, 16);
/** Models and runtimes of any build, under `modelKey`. */
export const modelCache = (scope: string): string => `${cachePrefix(scope)}models`;
/** Files that were shared to the installed app, until the page has taken them; name in the header `x-name`, percent-encoded. */
export const inboxCache = (scope: string): string => `${cachePrefix(scope)}inbox`;

/** Address under which a file is cached, of the program too: with its hash, so that no build is ever given a file of another. */
export const modelKey = (scope: string, file: SiteFile): string => `${new URL(file.path, scope).href}?sha256=${file.sha256}`;

/** From the page to a service worker, with a MessagePort for the answer where there is one. */
export type SiteAsk =
  /** To one that waits: take over now. */
  | { readonly winnow: 'use-now' }
  /** To the active one: how many tabs of this site are open? Answered with a number. */
  | { readonly winnow: 'tabs' }
  /** To the active one: what does the build consist of that it keeps? Answered with a SiteList, without the network. */
  | { readonly winnow: 'list' };

/** From the service worker to every open page of this site. */
export type SiteTold =
  /** An answer came over the network, also while the service worker is installed (then to pages that it does not control yet): path below the scope, and bytes of its body. */
  | { readonly winnow: 'fetched'; readonly path: string; readonly bytes: number }
  /** A request was refused, because it is for another site or for no file of this one, or carries something. Address without query. */
  | { readonly winnow: 'refused'; readonly address: string; readonly elsewhere: boolean }
  /** A request of the worker that downloads a language model was let through. Address without query; the hosts that were asked, in order. */
  | { readonly winnow: 'model'; readonly address: string; readonly hosts: readonly string[] };

/** A request as the browser's own list has it (Resource Timing): a copy of these members of PerformanceResourceTiming. */
export interface LoadedEntry {
  /** The address; also of the image, style or script of a `blob:`. */
  readonly name: string;
  /** Above 0 where a service worker was asked, which then counts it. */
  readonly workerStart: number;
  /** 0 where nothing came over the network, or the browser does not tell (another origin). */
  readonly transferSize: number;
}

/** What a `securitypolicyviolation` event says. Meta element and header are two policies, each with an event of its own for one request. */
export interface Stopped {
  /** `blockedURI`; or `inline`, `eval`, … */
  readonly address: string;
  /** `originalPolicy`: tells the two apart, so that nothing is counted twice. */
  readonly policy: string;
}

/** From each worker to the page that started it, beside its answers: `postMessage(told)`, as soon as the browser tells it. */
export type WorkerTold =
  /** New entries of the worker's own list of resources (PerformanceObserver, type `resource`, buffered). */
  | { readonly winnow: 'loaded'; readonly entries: readonly LoadedEntry[] }
  /** The policy stopped a request of the worker (`securitypolicyviolation`). */
  | ({ readonly winnow: 'stopped' } & Stopped);

/** What the page and its workers exchanged with the network since the page was opened. */
export interface Traffic {
  /** Answers of this site that came over the network, and their bytes (bodies, as transferred). */
  readonly downloads: number;
  readonly bytes: number;
  /** Requests that reached other sites. */
  readonly elsewhere: number;
  /** Those of them that were for a language model that the person asked for, and the hosts; absent where there were none. */
  readonly forModel?: { readonly requests: number; readonly hosts: readonly string[] };
  /** Requests that the policy or the service worker stopped. */
  readonly refused: number;
  /** Bytes in bodies of requests. */
  readonly sent: number;
  /** Who counts: the service worker, through which all requests go; the browser's own list of loaded resources; nothing. */
  readonly by: 'service-worker' | 'browser' | 'nothing';
}

/** Something that this site keeps in the browser. */
export interface Stored {
  readonly what: 'program' | 'models' | 'language-models' | 'taught' | 'settings' | 'shared';
  /** Where, in the browser's developer tools. */
  readonly where: string;
  /** null where the browser does not tell. */
  readonly bytes: number | null;
}
