import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { ROOT, files, nodes, place, read, sources } from './architecture/sources.ts';
import type { Import, Source } from './architecture/sources.ts';

const LAYERS = ['contract', 'engine', 'bridge', 'session', 'ui', 'main', 'workers', 'training', 'vite'] as const;
type Layer = (typeof LAYERS)[number];

/** Which layer may import which, besides itself. */
const MAY_IMPORT: Readonly<Record<Layer, readonly Layer[]>> = {
  contract: [],
  engine: ['contract'],
  bridge: ['contract'],
  session: ['bridge', 'engine', 'contract'],
  ui: ['session', 'contract'],
  main: ['ui', 'session', 'bridge', 'contract'],
  workers: ['engine', 'contract'],
  training: ['engine', 'contract'],
  vite: ['contract'],
};

/** What a layer may name in `import type` only. */
const MAY_IMPORT_TYPES: Partial<Record<Layer, readonly Layer[]>> = { ui: ['engine'], vite: ['engine'] };

/** Packages that belong to one place. `node:` covers all of Node's own modules. */
const PACKAGE_HOMES: readonly { readonly name: RegExp; readonly homes: readonly string[] }[] = [
  { name: /^comlink$/, homes: ['src/bridge/', 'workers/'] },
  { name: /^svelte(\/|$)/, homes: ['src/session/', 'src/ui/', 'src/main.ts'] },
  { name: /^chart\.js/, homes: ['src/ui/charts/'] },
  // Whoever starts a runtime names its entry (and so which one is bundled); all else goes through the adapter.
  { name: /^onnxruntime-web/, homes: ['src/engine/embed/', 'workers/', 'training/'] },
  { name: /^@wllama\/wllama/, homes: ['src/engine/llm/wllama/', 'workers/'] },
  { name: /^@mlc-ai\/web-llm/, homes: ['src/engine/llm/webllm/', 'workers/'] },
  { name: /^node:|^(fs|path|os|url|crypto|child_process|worker_threads)$/, homes: ['training/', 'vite/'] },
  { name: /^vite$/, homes: ['vite/'] },
];

const MAX_LINES = 300;
const MAX_COMPONENT_LINES = 200;
const MAX_WORKER_LINES = 30;
const MAX_FUNCTION_LINES = 50;

/** The one adapter to libraries whose types cannot be relied on. */
const MAY_USE_ANY = 'src/engine/embed/onnx.ts';

const all = sources(['src', 'workers', 'training', 'vite', 'test']);
const product = all.filter((source) => !source.path.startsWith('test/'));
/** This file names what it forbids. */
const texts = all.filter((source) => source.path !== 'test/architecture.test.ts');

function layerOf(path: string): Layer | undefined {
  if (path === 'src/main.ts') return 'main';
  return LAYERS.find((layer) => path.startsWith(`src/${layer}/`) || path.startsWith(`${layer}/`));
}

function lines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

describe('imports', () => {
  test('follow the one direction of the layers', () => {
    const wrong = product.flatMap((source) => source.imports.filter((item) => item.local && !allowed(source, item)).map((item) => `${source.path} → ${item.target}`));
    expect(wrong).toEqual([]);
  });

  test('nobody imports main', () => {
    expect(all.filter((source) => source.imports.some((item) => item.target === 'src/main.ts')).map((source) => source.path)).toEqual([]);
  });

  test('have no cycles', () => {
    expect(cycles(product)).toEqual([]);
  });

  test('name local files with their extension, and files that exist', () => {
    const wrong = all.flatMap((source) => source.imports.filter((item) => item.local && !existsSync(join(ROOT, item.target))).map((item) => `${source.path} → ${item.target}`));
    expect(wrong).toEqual([]);
  });

  test('keep each package in its own place', () => {
    const wrong = product.flatMap((source) => source.imports.filter((item) => !item.local && !atHome(source.path, item)).map((item) => `${source.path} → ${item.target}`));
    expect(wrong).toEqual([]);
  });

  test('erase types as whole statements, never one by one', () => {
    const wrong = all.flatMap((source) => [...nodes(source.tree)].filter((node) => (ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) && node.isTypeOnly).map((node) => place(source, node)));
    expect(wrong).toEqual([]);
  });
});

function allowed(source: Source, item: Import): boolean {
  const from = layerOf(source.path);
  const to = layerOf(item.target);
  if (from === undefined || from === to) return true;
  // The one place that starts workers needs their addresses.
  if (from === 'bridge' && to === 'workers') return item.address;
  // Data and styles have no layer: they are imported by whoever owns them.
  // What drives a browser belongs to the tests; measuring a language model needs one.
  if (to === undefined) return !item.target.startsWith('test/') || (from === 'training' && item.target === 'test/llm-lab/lab.ts');
  return MAY_IMPORT[from].includes(to) || (item.typeOnly && (MAY_IMPORT_TYPES[from] ?? []).includes(to));
}

function atHome(path: string, item: Import): boolean {
  if (path.startsWith('src/contract/')) return false;
  const home = PACKAGE_HOMES.find((entry) => entry.name.test(item.target));
  return home === undefined || item.typeOnly || home.homes.some((folder) => path.startsWith(folder));
}

/** Each cycle once, as a path that ends where it began. */
function cycles(graph: readonly Source[]): string[] {
  const next = new Map(graph.map((source) => [source.path, source.imports.filter((item) => item.local && !item.address).map((item) => item.target)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return found;
}

describe('size', () => {
  test('files, components and workers stay small', () => {
    const limit = (path: string): number => (path.endsWith('.svelte') ? MAX_COMPONENT_LINES : path.startsWith('workers/') ? MAX_WORKER_LINES : MAX_LINES);
    const wrong = product.filter((source) => lines(source.text) > limit(source.path));
    expect(wrong.map((source) => `${source.path}: ${lines(source.text)} lines, at most ${limit(source.path)}`)).toEqual([]);
  });

  test(`functions have at most ${MAX_FUNCTION_LINES} lines`, () => {
    const wrong = all.filter((source) => !source.path.endsWith('.test.ts')).flatMap((source) => [...nodes(source.tree)].flatMap((node) => {
      if (!ts.isFunctionLike(node)) return [];
      const length = lines(node.getText());
      return length > MAX_FUNCTION_LINES ? [`${place(source, node)}: ${length} lines`] : [];
    }));
    expect(wrong).toEqual([]);
  });
});

describe('names', () => {
  test('are kebab-case for modules and PascalCase for components', () => {
    const good = (name: string): boolean => (name.endsWith('.svelte') ? /^[A-Z][A-Za-z0-9]*\.svelte$/.test(name) : /^[a-z0-9]+(-[a-z0-9]+)*(\.(worker|svelte|test|config|d))?\.ts$/.test(name));
    expect(all.map((source) => source.path).filter((path) => !good(basename(path)))).toEqual([]);
  });

  test('say what a file is about', () => {
    const vague = /^(utils?|helpers?|common|misc|shared|types\.d)$/;
    const named = (path: string): string[] => path.split('/').map((part) => part.slice(0, part.length - extname(part).length));
    expect(all.map((source) => source.path).filter((path) => named(path).some((part) => vague.test(part)))).toEqual([]);
  });

  test('of *.svelte.ts are kept for runes', () => {
    const wrong = product.filter((source) => source.path.endsWith('.svelte.ts') && !/\$(state|derived|effect)\b/.test(source.text));
    expect(wrong.map((source) => source.path)).toEqual([]);
  });
});

describe('text', () => {
  test('leaves no reminder behind', () => {
    const reminder = /\b(TODO|FIXME)\b/;
    const wrong = texts.flatMap((source) => source.text.split('\n').flatMap((line, index) => (reminder.test(line) ? [`${source.path}:${index + 1}`] : [])));
    expect(wrong).toEqual([]);
  });

  test('uses no `any`', () => {
    const wrong = all.filter((source) => source.path !== MAY_USE_ANY).flatMap((source) => [...nodes(source.tree)].filter((node) => node.kind === ts.SyntaxKind.AnyKeyword).map((node) => place(source, node)));
    expect(wrong).toEqual([]);
  });

  test('puts no log text into the page as HTML', () => {
    const wrong = product.filter((source) => source.path.startsWith('src/') && /\{@html\b|\.innerHTML\b|insertAdjacentHTML|document\.write\b/.test(source.text));
    expect(wrong.map((source) => source.path)).toEqual([]);
  });

  test('names no folder of one machine', () => {
    // Recorders of fixtures set up a machine of their own.
    const scripts = files().filter((path) => !path.startsWith('test/fixtures/') && /(^|\/)(package(-lock)?\.json|tsconfig[^/]*\.json|[^/]+\.(config\.ts|ya?ml|sh|py|md|html)|run)$/.test(path));
    expect(scripts.filter((path) => /\/(work|root)\/|\/home\/[a-z]|C:\\Users/.test(read(path)))).toEqual([]);
    // Log lines in rules, tests and recordings may name any path; what looks like a path of our own may not.
    expect(texts.filter((source) => /["'`]\/(work\/|root\/\.|tmp\/winnow)/.test(source.text)).map((source) => source.path)).toEqual([]);
  });

  test('of the lock file names no registry', () => {
    const lock = read('package-lock.json');
    expect(lock).not.toContain('"resolved"');
    expect(JSON.parse(lock)).toHaveProperty('packages');
  });
});

test('every part of the engine has its tests beside it', () => {
  const parts = new Set(all.map((source) => /^src\/engine\/[^/]+(?=\/)/.exec(source.path)?.[0]).filter((part) => part !== undefined));
  const tested = (part: string): boolean => all.some((source) => source.path.startsWith(`test/${part.slice('src/'.length)}/`) && source.path.endsWith('.test.ts'));
  expect([...parts].filter((part) => !tested(part))).toEqual([]);
});
