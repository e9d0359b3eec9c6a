import { untrack } from 'svelte';
import { downloadFile } from '../../bridge/download-file.ts';
import { MASK_VERSION } from '../../contract/pattern.ts';
import type { Lesson } from '../../contract/teach.ts';
import type { Bundle, BundledSpotCheck, TaughtParts } from '../../engine/bundle/bundle.ts';
import { contentsOf } from '../../engine/bundle/contents.ts';
import type { ContentLine } from '../../engine/bundle/contents.ts';
import type { Conflict, Side } from '../../engine/bundle/conflict.ts';
import { merge } from '../../engine/bundle/merge.ts';
import { parseBundle } from '../../engine/bundle/read-bundle.ts';
import { recordVerdicts, replayOf } from '../../engine/bundle/replay.ts';
import type { Replay } from '../../engine/bundle/replay.ts';
import { sameModels, sameTaught } from '../../engine/bundle/same-taught.ts';
import { writeBundle } from '../../engine/bundle/write-bundle.ts';
import type { Board } from '../board.svelte.ts';
import { bundleBytes, bundleName, refuseFile } from './bundle-file.ts';
import { inspectBundled, packed, unpacked } from './bundled-models.ts';
import type { ModelShelf } from './bundled-models.ts';
import type { Teaching } from './teaching.svelte.ts';
import { answersOf, unsavedCount } from './unsaved.ts';

export interface BundlingParts {
  readonly board: Board;
  readonly teaching: Teaching;
  /** All that was said, here and elsewhere. */
  readonly lessons: () => Promise<readonly Lesson[]>;
  readonly setThreshold: (value: number) => void;
  /** Recorded verdicts to use from the next time verdicts are worked out; null: none. */
  readonly useReplay: (replay: Replay | null) => void;
  /** Whether nothing is under way that may still change verdicts. */
  readonly settled: () => boolean;
  readonly files: () => readonly File[];
  readonly madeBy: string;
  readonly models: ModelShelf;
  readonly spotCheck?: () => BundledSpotCheck | null;
}

/** A bundle that was looked at and may be taken over. */
export interface Offer {
  readonly file: string;
  readonly createdAt: string;
  readonly contents: readonly ContentLine[];
  /** With what is taught here. */
  readonly conflicts: readonly Conflict[];
  /** Nothing is taught here: there is nothing to merge with. */
  readonly blank: boolean;
}

/** What would be saved. */
export interface Inside {
  readonly lines: readonly ContentLine[];
  /** Characters of the file. */
  readonly size: number;
  /** Verdicts are left out for now: they may still change. */
  readonly unsettled: boolean;
  /** Verdicts left out for want of room. */
  readonly leftOut: number;
}

/** A change is followed up once nothing more has come for so long (ms). */
const CALM_MS = 400;

/** Takes what was taught along: saves it as a bundle, loads one. */
export class Bundling {
  offer = $state.raw<Offer | null>(null);
  /** What the last saving and the last loading did, in words; '' before the first. */
  saved = $state('');
  loaded = $state('');
  /** Patterns about which something was said, or taken back, that no saved bundle holds. */
  unsaved = $state(0);
  private readonly parts: BundlingParts;
  private offered: Bundle | null = null;
  /** In use now. */
  private replay: Replay | null = null;
  /** The bundle that was loaded last: its verdicts are used while the same is taught. */
  private recorded: { readonly taught: TaughtParts; readonly replay: Replay } | null = null;
  /** What the last saved or loaded bundle says, by key. */
  private known: ReadonlyMap<string, string> = new Map();
  private readonly followers: (() => Promise<void>)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: BundlingParts) {
    this.parts = parts;
  }

  /** Begins to follow what is taught. Returns how to stop. */
  watch(): () => void {
    return $effect.root(() => {
      $effect(() => {
        void [this.parts.teaching.snapshot, this.parts.board.threshold];
        untrack(() => this.changed());
        return () => clearTimeout(this.timer);
      });
    });
  }

  /** Something was taught, or the threshold moved. Called by `watch`; what follows comes when things are calm. */
  changed(): void {
    const { recorded } = this;
    // At once: the slider must move what recorded verdicts hold still.
    if (this.replay !== null && recorded?.taught.threshold !== this.parts.board.threshold) this.use(null);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.followUp(), CALM_MS);
  }

  /** @param follower called after what is taught has changed, when things are calm */
  follow(follower: () => Promise<void>): void {
    this.followers.push(follower);
  }

  /** What a bundle saved now would hold. @throws Failure as of ReaderApi */
  async inside({ examples }: { readonly examples: boolean }): Promise<Inside> {
    const { bundle, leftOut } = await this.gather(examples);
    return { lines: contentsOf(bundle), size: writeBundle(bundle).length, unsettled: this.unsettled, leftOut };
  }

  /** Saves a bundle as a file. @throws Failure 'bundle-refused' where something in it could not be loaded again; as of ReaderApi */
  async save({ examples }: { readonly examples: boolean }): Promise<void> {
    const { bundle } = await this.gather(examples);
    const text = writeBundle(bundle);
    // A bundle that this page would refuse is of no use to anybody.
    await this.read(new TextEncoder().encode(text));
    const name = bundleName(this.parts.files(), new Date(bundle.createdAt));
    downloadFile(name, [text], 'application/json');
    this.note(bundle.lessons);
    this.saved = `Saved ${name}.`;
  }

  /** What is taught, as kept between visits: no verdicts, no raw examples. */
  async keepsake(): Promise<{ readonly text: string; readonly lessons: number }> {
    const taught = await this.taught();
    return { text: writeBundle({ ...this.blank(taught), verdicts: [], examples: [] }), lessons: taught.lessons.length };
  }

  /** Looks at a file; nothing changes but `offer`. @throws Failure 'bundle-refused' | 'file-unreadable' */
  async look(file: File): Promise<void> {
    this.drop();
    this.loaded = '';
    const bundle = await bundleBytes(file).then((bytes) => this.read(bytes)).catch((error: unknown) => refuseFile(file, error));
    const mine = await this.taught();
    this.offered = bundle;
    this.offer = { file: file.name, createdAt: bundle.createdAt, contents: contentsOf(bundle), conflicts: merge(mine, bundle).conflicts, blank: isBlank(mine) };
  }

  drop(): void {
    this.offer = this.offered = null;
  }

  /**
   * Takes over what is offered, in one step that can be undone (but for threshold and models).
   * @param choices by the ids of conflicts; where there is none, mine
   * @returns false where the person gave it up; then all is as before
   */
  async apply(mode: 'replace' | 'merge', choices: ReadonlyMap<string, Side> = new Map()): Promise<boolean> {
    const bundle = this.offered;
    if (bundle === null) return false;
    const taught = mode === 'replace' ? bundle : merge(await this.taught(), bundle, ({ id }) => choices.get(id) ?? 'mine').merged;
    if (!(await this.take(mode === 'replace' ? 'bundle loaded' : 'bundle merged', taught, bundle))) return false;
    if (mode === 'replace') this.note(bundle.lessons);
    this.loaded = `${mode === 'replace' ? 'Loaded' : 'Merged'} ${this.offer?.file ?? 'the bundle'}: ${patternsAre(this.parts.teaching.lessonCount)} taught now.`;
    this.drop();
    return true;
  }

  /** Takes over what was kept between visits, or taken along to a newer build. @throws Failure 'bundle-refused' */
  async restore(text: string, what = 'what was kept on this computer'): Promise<void> {
    const bundle = await this.read(new TextEncoder().encode(text));
    await this.take(what, bundle, bundle);
  }

  /**
   * Looks whether recorded verdicts may be used with what is taught now. To be called whenever that has changed, before verdicts
   * are worked out anew. True if that is another answer than before.
   */
  async checkReplay(): Promise<boolean> {
    const { recorded } = this;
    // Most have loaded none: nothing is asked of the reader then.
    const replay = recorded === null ? null : this.holding(await this.taught());
    if (recorded !== this.recorded || replay === this.replay) return false;
    this.replay = replay;
    this.parts.useReplay(replay);
    return true;
  }

  /** Recorded verdicts that may be used while this is taught; null if none. */
  private holding(taught: TaughtParts): Replay | null {
    const { recorded } = this;
    return recorded !== null && recorded.replay.size > 0 && sameTaught(recorded.taught, taught) ? recorded.replay : null;
  }

  private use(replay: Replay | null): void {
    this.replay = replay;
    this.parts.useReplay(replay);
    this.parts.board.refresh();
  }

  /** Verdicts may still change: a bundle saved now would hold none. */
  get unsettled(): boolean {
    return this.parts.board.table !== null && !this.parts.settled();
  }

  private async taught(): Promise<TaughtParts> {
    const { board, teaching, models, lessons } = this.parts;
    return { threshold: board.threshold, categories: teaching.own, rules: teaching.ruleChanges, lessons: await lessons(), models: await packed(models.added.models), modelMode: models.added.mode };
  }

  private blank(taught: TaughtParts): Omit<Bundle, 'verdicts' | 'examples'> {
    return { ...taught, maskVersion: MASK_VERSION, createdAt: new Date().toISOString(), madeBy: this.parts.madeBy, spotCheck: this.parts.spotCheck?.() ?? null };
  }

  private async gather(examples: boolean): Promise<{ readonly bundle: Bundle; readonly leftOut: number }> {
    const { board, teaching } = this.parts;
    const taught = await this.taught();
    const { table, verdicts, texts } = board;
    const earlier = this.holding(taught) ?? undefined;
    const open = table !== null && verdicts !== null && !this.unsettled;
    const recorded = open ? recordVerdicts(verdicts, { table, texts }, earlier) : { verdicts: [...(table === null ? (earlier?.values() ?? []) : [])], leftOut: 0 };
    const said = examples && table !== null ? [...teaching.said.keys()] : [];
    return {
      bundle: { ...this.blank(taught), verdicts: recorded.verdicts, examples: said.map((pattern) => ({ ...texts[pattern], message: table?.examples[pattern] ?? '' })) },
      leftOut: recorded.leftOut,
    };
  }

  private read(bytes: Uint8Array): Promise<Bundle> {
    return parseBundle(bytes, { inspect: (model) => inspectBundled(model, this.parts.models) });
  }

  private async take(what: string, taught: TaughtParts, bundle: Bundle): Promise<boolean> {
    const { board, teaching, models, setThreshold } = this.parts;
    const before = { threshold: board.threshold, added: models.added, recorded: this.recorded };
    const otherModels = !sameModels(taught, { models: await packed(before.added.models), modelMode: before.added.mode });
    if (otherModels) await models.useModels(unpacked(taught.models), taught.modelMode);
    this.recorded = { taught: bundle, replay: replayOf(bundle) };
    if (taught.threshold !== before.threshold) setThreshold(taught.threshold);
    // Rules that are the same need no second reading.
    const rules = JSON.stringify(taught.rules) === JSON.stringify(teaching.ruleChanges) ? teaching.ruleChanges : taught.rules;
    if (await teaching.adopt(what, { lessons: taught.lessons, categories: taught.categories, rules })) return true;
    this.recorded = before.recorded;
    if (taught.threshold !== before.threshold) setThreshold(before.threshold);
    if (otherModels) await models.useModels(before.added.models, before.added.mode);
    return false;
  }

  private note(lessons: readonly Lesson[]): void {
    this.known = answersOf(lessons);
    this.unsaved = 0;
  }

  private async followUp(): Promise<void> {
    try {
      if (await this.checkReplay()) this.parts.board.refresh();
      this.unsaved = unsavedCount(this.known, await this.parts.lessons());
    } catch {
      // The reader is busy dying or being replaced; whoever asked it for something else says so.
    }
    for (const follower of this.followers) await follower();
  }
}

function patternsAre(count: number): string {
  return count === 1 ? '1 pattern is' : `${count.toLocaleString('en')} patterns are`;
}

function isBlank({ lessons, categories, rules, models }: TaughtParts): boolean {
  return lessons.length + categories.length + rules.own.length + rules.off.length + rules.splits.length + models.length === 0;
}
