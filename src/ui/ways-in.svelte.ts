import { Failure } from '../contract/failure.ts';
import { awaitArrivals } from '../session/arrivals.ts';
import type { Session } from '../session/session.svelte.ts';
import { isBundleFile } from '../session/teaching/bundle-file.ts';
import { droppedFiles } from './dropped-files.ts';
import { plural } from './format.ts';
import { writesText } from './keys.svelte.ts';

/** `wanted`: the person chose to open something; else it came while something else was open, which is not closed unasked. */
export type How = 'wanted' | 'dropped' | 'pasted' | 'opened' | 'shared';

/** Logs that wait for the person's word. */
export interface Arrived {
  readonly how: How;
  readonly names: readonly string[];
  readonly open: () => void;
}

export interface WaysInParts {
  readonly session: Session;
  /** Nothing is open that could be closed. */
  readonly blank: () => boolean;
  /** A bundle, models or a language model are there to be looked at. */
  readonly show: (what: 'bundle' | 'models' | 'llm') => void;
  readonly closeDialogs: () => void;
}

/** Everything that brings files or text into the page: chosen, dropped, pasted, shared, opened with the installed app. */
export class WaysIn {
  dragging = $state(false);
  /** What arrived is looked at: from now on the page is at work on it. */
  looking = $state(false);
  /** Model files that arrived. */
  given = $state.raw<readonly File[]>([]);
  arrived = $state.raw<Arrived | null>(null);
  readonly #parts: WaysInParts;
  /** Something of this page is dragged: a word, a link. */
  #own = false;
  /** Number of the latest drop: a folder that takes long to walk through must not replace what was dropped after it. */
  #latest = 0;

  constructor(parts: WaysInParts) {
    this.#parts = parts;
  }

  /** Takes what the installed app is opened with and what is shared to it. */
  listen(): void {
    const { session } = this.#parts;
    void awaitArrivals({ take: (files, how, missing) => void this.open(files, how, missing), report: (error) => session.report(error) });
  }

  /** Logs are opened; bundles and models are shown first, since they change verdicts. @param missing names of what came along and could not be read */
  async open(files: readonly File[], how: How = 'wanted', missing: readonly string[] = []): Promise<void> {
    const { session, show, closeDialogs } = this.#parts;
    if (files.some(({ name }) => /\.onnx$/i.test(name))) {
      closeDialogs();
      this.given = files;
      return show('models');
    }
    const model = languageModelIn(files);
    if (model.length > 0) {
      if (model.length < files.length) await this.open(files.filter((file) => !model.includes(file)), how, missing);
      closeDialogs();
      this.given = model;
      return show('llm');
    }
    this.looking = true;
    const bundles = await Promise.all(files.map(isBundleFile));
    this.looking = false;
    const logs = files.filter((_, at) => !bundles[at]);
    const taught = files.find((_, at) => bundles[at]);
    if (logs.length > 0) this.#logs(logs.map(({ name }) => name), how, () => { void session.open(logs); this.#say(missing); });
    else this.#say(missing);
    if (taught === undefined) return;
    try {
      await session.desk.bundling.look(taught);
      closeDialogs();
      show('bundle');
    } catch (error) {
      session.report(error);
    }
  }

  /** Opens a file that is still written to, and follows it from the moment it is read. */
  async follow(): Promise<void> {
    const { session } = this.#parts;
    try {
      const file = await session.following.pick();
      if (file === null) return;
      await session.open([file]);
      session.following.start();
    } catch (error) {
      session.report(error);
    }
  }

  readonly dragstart = (): void => { this.#own = true; };
  readonly dragend = (): void => { this.#own = false; };

  readonly dragover = (event: DragEvent): void => {
    // Text may be dragged into a field.
    if (event.dataTransfer === null || (!carriesFiles(event.dataTransfer) && writesText(event.target))) return;
    event.preventDefault();
    if (this.#own) event.dataTransfer.dropEffect = 'none';
    else this.dragging = true;
  };

  readonly dragleave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.dragging = false;
  };

  readonly drop = (event: DragEvent): void => {
    this.dragging = false;
    const transfer = event.dataTransfer;
    if (transfer === null || (!carriesFiles(transfer) && writesText(event.target))) return;
    // Else the browser would leave the page for what was dropped.
    event.preventDefault();
    if (this.#own) return;
    if (carriesFiles(transfer)) void this.#dropped(transfer);
    else this.#droppedText(transfer);
  };

  readonly paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const files = [...(event.clipboardData?.files ?? [])];
    // A spreadsheet puts a picture of the cells beside their text.
    const picture = text !== '' && files.every(({ type }) => type.startsWith('image/'));
    if (writesText(event.target) && (text !== '' || files.length === 0)) return;
    if (files.length > 0 && !picture) {
      event.preventDefault();
      void this.open(files, 'pasted');
    } else if (text.trim() !== '' && !(event.target instanceof Element && event.target.closest('dialog') !== null)) this.#text(text, 'pasted');
  };

  async #dropped(transfer: DataTransfer): Promise<void> {
    const { session, blank } = this.#parts;
    const turn = ++this.#latest;
    // Over a dialog there may be something half said in it.
    const how = !blank() && document.querySelector('dialog[open]') !== null ? 'dropped' : 'wanted';
    try {
      const { files, unreadable, empty } = await droppedFiles(transfer, (handle) => session.following.fileOf(handle));
      if (turn !== this.#latest) return;
      if (files.length > 0) await this.open(files, how, unreadable);
      else this.#say(unreadable);
      for (const name of empty) session.report(new Failure('file-empty', `There is no file in “${name}”. Hidden files, whose names begin with a dot, are left out: drop such a file by itself.`));
    } catch (error) {
      session.report(error);
    }
  }

  #droppedText(transfer: DataTransfer): void {
    const text = transfer.getData('text/plain');
    if (transfer.getData('text/uri-list') !== '' && !text.trim().includes('\n')) {
      this.#parts.session.report(new Failure('file-unreadable', 'That is a link, not a file. Winnow loads nothing from other sites: save what the link leads to as a file, then drop the file here.'));
    } else if (text.trim() !== '') this.#text(text, 'dropped');
  }

  #text(text: string, how: How): void {
    this.#logs([how === 'dropped' ? 'dropped text' : 'pasted text'], how, () => void this.#parts.session.openText(text));
  }

  /** Opens at once, or asks where that would close something that the person did not mean to close. */
  #logs(names: readonly string[], how: How, open: () => void): void {
    const act = (): void => {
      this.arrived = null;
      this.#parts.closeDialogs();
      open();
    };
    if (how === 'wanted' || this.#parts.blank()) act();
    else this.arrived = { how, names, open: act };
  }

  #say(missing: readonly string[]): void {
    if (missing.length === 0) return;
    const named = missing.slice(0, 5).map((name) => `“${name}”`).join(', ');
    const more = missing.length > 5 ? ` and ${plural(missing.length - 5, 'other')}` : '';
    this.#parts.session.report(new Failure('file-unreadable', `The browser could not read ${named}${more}. Look whether it may be read and is still there, then drop it again.`));
  }
}

/** The language model among files: GGUF files, or all of a folder that MLC made for WebLLM; none where there is none. */
function languageModelIn(files: readonly File[]): readonly File[] {
  return files.some(({ name }) => name === 'mlc-chat-config.json') ? files : files.filter(({ name }) => /\.gguf$/i.test(name));
}

function carriesFiles(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files');
}
