import { Failure } from '../../contract/failure.ts';
import type { ZipEntry } from './zip-directory.ts';

/** Paths that archivers of macOS add to hold what no other system has. */
const MAC_EXTRAS = /^__MACOSX\/|(^|\/)(\._[^/]*|\.DS_Store)$/;
const OFFICE = '[Content_Types].xml';

/** The entries that may be logs. @throws Failure 'file-binary' where it is a document of an office program; 'file-empty' */
export function zipMembers(entries: readonly ZipEntry[], name: string): readonly ZipEntry[] {
  if (entries.some(({ path }) => path === OFFICE)) {
    const sheet = entries.some(({ path }) => path.startsWith('xl/'));
    throw new Failure('file-binary', `${name} is ${sheet ? 'an Excel workbook' : 'an office document'}, not a text file. ${sheet ? 'Save the sheet as CSV and drop the result.' : 'Save it as text and drop the result.'}`);
  }
  const members = entries.filter(({ path }) => !MAC_EXTRAS.test(path));
  if (members.length === 0) throw new Failure('file-empty', `${name} is an archive with no files in it: there is nothing to sort.`);
  return named(members);
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
