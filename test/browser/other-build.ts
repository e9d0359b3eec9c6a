import { cpSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModelManifest } from '../../src/contract/model.ts';
import { SITE_LIST } from '../../src/contract/site.ts';
import type { SiteList } from '../../src/contract/site.ts';
import { sha256 } from '../../vite/program.ts';
import { buildServiceWorker } from '../../vite/service-worker.ts';
import { listSite, writeHashes } from '../../vite/site-files.ts';

/** The model that differs between the two builds. */
export const CHANGED_MODEL = 'classify/classify.json';

export interface OtherBuild {
  readonly name: string;
  /** Words that it has in place of others, in the page and in its scripts. */
  readonly words?: Readonly<Record<string, string>>;
  /** One model has other bytes under the same name. */
  readonly changesModel?: boolean;
}

const hashOf = (text: string): string => sha256(Buffer.from(text));

/**
 * Makes another build of the same site, consistent in itself: scripts and styles under other names, another hash of the build,
 * and a mark in the page (`<meta name="build">`).
 */
export async function otherBuild(dist: string, folder: string, { name, words = {}, changesModel = false }: OtherBuild): Promise<void> {
  cpSync(dist, folder, { recursive: true });
  const { build } = JSON.parse(readFileSync(join(dist, SITE_LIST), 'utf8')) as SiteList;
  const changes = new Map([...Object.entries(words), [build, hashOf(name)], ['</title>', `</title><meta name="build" content="${name}">`], ...(changesModel ? [changedModel(folder)] : [])]);
  const assets = join(folder, 'assets');
  const texts = readdirSync(assets).filter((file) => /\.(js|css)$/.test(file));
  // Longer names first: one may be the end of another.
  for (const file of texts.sort((one, two) => two.length - one.length)) changes.set(file, file.replace(/\.(\w+)$/, `${name}.$1`));
  for (const path of [join(folder, 'index.html'), ...texts.map((file) => join(assets, file))]) {
    let text = readFileSync(path, 'utf8');
    for (const [from, to] of changes) if (from !== '</title>' || path.endsWith('.html')) text = text.replaceAll(from, to);
    writeFileSync(path, text);
  }
  for (const file of texts) renameSync(join(assets, file), join(assets, changes.get(file) as string));
  const list = listSite(pathToFileURL(`${folder}/`), hashOf(name));
  writeFileSync(join(folder, SITE_LIST), JSON.stringify(list));
  await buildServiceWorker(folder, list);
  writeHashes(pathToFileURL(`${folder}/`));
}

/** The manifest's hash before and after. */
function changedModel(folder: string): [string, string] {
  const [model, manifest] = [CHANGED_MODEL, 'manifest.json'].map((path) => join(folder, 'models', path));
  const before = readFileSync(manifest);
  const bytes = Buffer.concat([readFileSync(model), Buffer.from('\n')]);
  const listed = JSON.parse(before.toString()) as ModelManifest;
  const files = listed.files.map((file) => (file.path === CHANGED_MODEL ? { ...file, bytes: bytes.length, sha256: sha256(bytes) } : file));
  const after = `${JSON.stringify({ ...listed, files }, null, 2)}\n`;
  writeFileSync(model, bytes);
  writeFileSync(manifest, after);
  return [sha256(before), hashOf(after)];
}
