import { readFileSync, writeFileSync } from 'node:fs';
import { HASHES, SERVICE_WORKER, SITE_LIST } from '../src/contract/site.ts';
import type { SiteList } from '../src/contract/site.ts';
import { partOf } from './parts.ts';
import { filesBelow, sha256 } from './program.ts';

/** Written after the list, so not on it. */
const AFTER_THE_LIST = [SITE_LIST, SERVICE_WORKER, HASHES];

/** What lies in the folder of a built site. @param folder with a slash at its end */
export function listSite(folder: URL, build: string): SiteList {
  const paths = filesBelow(folder).filter((path) => !AFTER_THE_LIST.includes(path));
  const files = paths.map((path) => {
    const bytes = readFileSync(new URL(encodeURI(path), folder));
    return { path, bytes: bytes.length, sha256: sha256(bytes), part: partOf(path) };
  });
  return { build, files };
}

/** Writes SHA256SUMS over all other files, in the form of sha256sum(1): hash, two spaces, path. */
export function writeHashes(folder: URL): void {
  const lines = filesBelow(folder).filter((path) => path !== HASHES).map((path) => `${sha256(readFileSync(new URL(encodeURI(path), folder)))}  ${path}\n`);
  writeFileSync(new URL(HASHES, folder), lines.join(''));
}
