import { Failure } from '../../contract/failure.ts';
import { UNPACK_LIMITS } from './limits.ts';
import type { ZipEntry } from './zip-directory.ts';

/** Paths that archivers of macOS add to hold what no other system has. */
const MAC_EXTRAS = /^__MACOSX\/|(^|\/)(\._[^/]*|\.DS_Store)$/;
const OFFICE = '[Content_Types].xml';

/**
 * The entries that may be logs. @param bytes size of the archive
 * @throws Failure 'file-binary' where it is a document of an office program; 'file-empty'; 'file-unreadable' where it is a bomb
 */
export function zipMembers(entries: readonly ZipEntry[], name: string, bytes: number): readonly ZipEntry[] {
  if (entries.some(({ path }) => path === OFFICE)) {
    const sheet = entries.some(({ path }) => path.startsWith('xl/'));
    throw new Failure('file-binary', `${name} is ${sheet ? 'an Excel workbook' : 'an office document'}, not a text file. ${sheet ? 'Save the sheet as CSV and drop the result.' : 'Save it as text and drop the result.'}`);
  }
  const members = entries.filter(({ path }) => !MAC_EXTRAS.test(path));
  if (members.length === 0) throw new Failure('file-empty', `${name} is an archive with no files in it: there is nothing to sort.`);
  refuseBomb(members, name, bytes);
  return named(members);
}

/**
 * Each file of an archive is unpacked on its own, so what all come to is looked at here; that none unpacks to more than its entry says
 * is looked at then. Entries that share their packed bytes are how a few kilobytes come to hold petabytes (D. Fifield, "A better zip bomb", 2019).
 */
function refuseBomb(members: readonly ZipEntry[], name: string, bytes: number): void {
  const packed = members.reduce((sum, { packedSize }) => sum + packedSize, 0);
  if (packed > bytes) throw new Failure('file-unreadable', `“${name}” is a ZIP archive whose files overlap, as in no archive of logs: it was made to unpack to far more than it holds, or it is damaged. Nothing of it was read.`);
  const size = members.reduce((sum, entry) => sum + entry.size, 0);
  const { ratio, ratioFrom } = UNPACK_LIMITS;
  if (size > UNPACK_LIMITS.bytes || (size > ratioFrom && size > ratio * packed)) throw new Failure('file-unreadable', `“${name}” is a ZIP archive that unpacks to ${(size / 2 ** 30).toLocaleString('en', { maximumFractionDigits: 1 })} GB in all, ${Math.round(size / Math.max(1, packed)).toLocaleString('en')} times its size. Nothing of it was read. If you trust it, unpack it first and drop a part of it.`);
}

/** An archive may hold several files of one path, as after adding to it: the later ones get a number, by which each can be asked for. */
function named(members: readonly ZipEntry[]): readonly ZipEntry[] {
  const paths = new Set(members.map(({ path }) => path));
  if (paths.size === members.length) return members;
  const seen = new Map<string, number>();
  return members.map((entry) => {
    let number = seen.get(entry.path) ?? 0;
    seen.set(entry.path, number + 1);
    if (number === 0) return entry;
    let path: string;
    do path = `${entry.path} (${++number})`;
    while (paths.has(path));
    paths.add(path);
    seen.set(entry.path, number);
    return { ...entry, path };
  });
}
