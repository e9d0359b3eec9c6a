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
  return members;
}
