import { deleteCarried, readCarried, writeCarried } from '../../bridge/kept-store.ts';
import type { Carried } from '../../bridge/kept-store.ts';
import { Failure, failureCode } from '../../contract/failure.ts';

/** What is in the memory of the page and must outlive a change to a newer build. */
export interface CarryParts {
  /** What is taught, as a bundle. */
  readonly keepsake: () => Promise<{ readonly text: string; readonly lessons: number }>;
  /** What was kept between visits comes first: what was taken along is newer. */
  readonly restored: () => Promise<void>;
  /** Takes over what was taught. @throws Failure 'bundle-refused' */
  readonly takeOver: (text: string) => Promise<void>;
  /** Formats that the person described, as a file of them; '' where there are none. */
  readonly formats: () => string;
  /** @throws Failure 'format-refused' */
  readonly takeFormats: (text: string) => Promise<void>;
  /** A log is open. */
  readonly open: () => boolean;
  /** A file is being saved. */
  readonly saving: () => boolean;
}

/** Where the browser is asked for storage; tests have one of their own. */
export interface CarryStore {
  readonly read: () => Promise<Carried | null>;
  readonly write: (carried: Carried) => Promise<void>;
  readonly remove: () => Promise<void>;
}
const STORE: CarryStore = { read: () => readCarried(), write: (carried) => writeCarried(carried), remove: () => deleteCarried() };

/** Puts down what must be taken along. @throws Failure in words: the page must not be left then */
export async function carry(parts: CarryParts, store = STORE): Promise<void> {
  if (parts.saving()) throw new Failure('save-failed', 'A file is being saved. Wait until it is done, or stop it, then change to the newer version.');
  try {
    const { text, lessons } = await parts.keepsake();
    await store.write({ text, lessons, formats: parts.formats(), open: parts.open() });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(failureCode(error), `What you taught could not be taken along, so the page was not reloaded and nothing is lost. ${reason}`);
  }
}

/** The page stays after all: what was put down is not to come back at another start. */
export async function discard(store = STORE): Promise<void> {
  await store.remove().catch(() => undefined);
}

/**
 * Takes over what was taken along, and deletes it. Returns what to tell the person; '' where nothing was taken along.
 * @throws Failure 'bundle-refused' | 'format-refused': then it stays, and the next start tries again
 */
export async function arrive(parts: CarryParts, store = STORE): Promise<string> {
  await parts.restored();
  const carried = await store.read().catch(() => null);
  if (carried === null) return '';
  try {
    await parts.takeOver(carried.text);
    if (carried.formats !== '') await parts.takeFormats(carried.formats);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(failureCode(error), `This is the newer version. What you taught was taken along, but it could not be taken over: ${reason} It stays stored in this browser, and the next start tries again, until you delete it under “Privacy”.`);
  }
  await store.remove();
  const { lessons } = carried;
  const along = lessons === 0 ? '' : ` ${lessons === 1 ? 'What you taught about 1 pattern was' : `What you taught about ${lessons.toLocaleString('en')} patterns was`} taken along.`;
  return `This is the newer version.${along}${carried.open ? ' Open your log again to go on.' : ''}`;
}
