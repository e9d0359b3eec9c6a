import type { Remote } from 'comlink';
import type { Dialect } from '../contract/dialect.ts';
import type { ReaderApi } from '../contract/reader-api.ts';
import { canFollow, fileOf, handleOf, pickFile } from '../bridge/file-handles.ts';
import type { Alerts } from './alerts.svelte.ts';

/** How often a file is looked at (ms). */
const LOOK_MS = 1000;

export interface FollowingParts {
  readonly log: Alerts;
  readonly files: () => readonly File[];
  readonly dialects: () => readonly Dialect[];
  /** Nothing else is under way, and all that was read is decided. */
  readonly idle: () => boolean;
  /** All has ended, and not all that was read is decided: the person stopped it. */
  readonly stopped: () => boolean;
  readonly ask: <T>(question: (api: Remote<ReaderApi>) => Promise<T>) => Promise<T>;
  /** Takes in what the file has more. */
  readonly grow: () => Promise<void>;
  /** Entries so far. */
  readonly entries: () => number;
}

/** Reading on while something writes to the open file: it is looked at once a second, and what was added is classified as it comes. */
export class Following {
  on = $state(false);
  /** Set by the page: the person is in the middle of something that another table would take away (a dialog). */
  waits: () => boolean = () => false;
  readonly #parts: FollowingParts;
  #before = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Number of the latest following: what belongs to an earlier one has no say any more. */
  #latest = 0;

  constructor(parts: FollowingParts) {
    this.#parts = parts;
  }

  /** Whether this browser can open a file so that it can be followed. */
  readonly supported = canFollow();

  /** Lets the person choose a file that can be followed; null if none was chosen. Must be called from a click. */
  pick(): Promise<File | null> {
    return pickFile();
  }

  /** The file behind a handle; it can be followed once it is open. */
  fileOf(handle: FileSystemFileHandle): Promise<File> {
    return fileOf(handle);
  }

  /** Entries that came since. */
  get added(): number {
    return this.#parts.entries() - this.#before;
  }

  /** One file, opened by its handle, whose own bytes are read from front to back. */
  get possible(): boolean {
    const files = this.#parts.files();
    const [dialect] = this.#parts.dialects();
    return files.length === 1 && handleOf(files[0]) !== null && dialect?.packing === 'none' && dialect.encoding === 'utf-8';
  }

  start(): void {
    if (this.on || !this.possible || this.#parts.stopped()) return;
    this.on = true;
    this.#before = this.#parts.entries();
    this.#wait(++this.#latest);
  }

  stop(): void {
    this.on = false;
    this.#latest++;
    clearTimeout(this.#timer);
  }

  #wait(turn: number): void {
    this.#timer = setTimeout(() => void this.#look(turn), LOOK_MS);
  }

  async #look(turn: number): Promise<void> {
    const { idle, stopped, ask, grow, log } = this.#parts;
    if (stopped()) return this.stop();
    try {
      const free = (): boolean => turn === this.#latest && !this.waits() && idle();
      if (free() && (await ask((api) => api.hasGrown())) && free()) await grow();
      if (turn === this.#latest) this.#wait(turn);
    } catch (error) {
      if (turn !== this.#latest) return;
      this.stop();
      log.add(error);
    }
  }
}
