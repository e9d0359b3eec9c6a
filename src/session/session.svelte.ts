import type { Remote } from 'comlink';
import { handleOf } from '../bridge/file-handles.ts';
import { writeSetting } from '../bridge/settings.ts';
import { teachLane } from '../bridge/teach.ts';
import { Failure } from '../contract/failure.ts';
import type { AddedMode, AddedModel, Backend } from '../contract/model.ts';
import type { ReaderApi, RowOrder, SniffAsk, Sniffed } from '../contract/reader-api.ts';
import type { Filter, RowView } from '../contract/view.ts';
import { SAMPLE_NAME, sampleLog } from '../engine/sample/sample-log.ts';
import { BaselineFiles } from './baseline.svelte.ts';
import { Course } from './course.ts';
import { Desk } from './desk.ts';
import { Following } from './following.svelte.ts';
import { LanguageModel } from './llm/language-model.ts';
import { llmParts } from './llm/wiring.ts';
import { withReadChoice } from './read-choice.ts';
import type { ReadChoice } from './read-choice.ts';
import { sniffFiles } from './read-run.ts';
import { modelFacts } from './save/model-facts.ts';
import { Outputs } from './save/outputs.svelte.ts';
import { SessionState } from './session-state.ts';
import { Site } from './site/site.svelte.ts';
import { statusText } from './status-text.ts';
import { KeysKept } from './teaching/keys-kept.ts';
import { Learning } from './teaching/learning.ts';
import { Teaching } from './teaching/teaching.svelte.ts';
import { Training } from './training.svelte.ts';

/** All that the page shows, and the verbs that change it. Nothing in here grows with rows. */
export class Session extends SessionState {
  readonly status = $derived.by(() => statusText(this));
  /** The site that the page comes from: what of it is kept here, what was loaded, whether there is a newer one. */
  readonly site: Site = new Site({
    keepsake: () => this.desk.bundling.keepsake(), takeOver: (text) => this.desk.bundling.restore(text, 'what was taken along'),
    restored: () => this.desk.keeping.restore(), erase: () => this.desk.keeping.erase(),
    formats: () => (this.inputs.own.list.length === 0 ? '' : this.inputs.own.export()), takeFormats: async (text) => void (await this.inputs.own.take(new File([text], 'formats'))),
    open: () => this.files.length > 0, saving: () => this.saving !== null, gpu: () => this.backend === 'webgpu', report: (error) => this.log.add(error),
  });
  private readonly learning = new Learning(teachLane(), (texts) => this.models.embed(texts), () => this.models.info?.id ?? '');
  /** What the person teaches: corrections, categories, rules. */
  readonly teaching = new Teaching({
    board: this.board, keys: new KeysKept(this.rowAccess), learning: this.learning, log: this.log,
    aside: (work) => this.run.aside(work), reread: () => this.course.again(), learnt: () => this.desk.bundling.checkReplay(),
  });

  /** Models learnt from labels that the open files carry. */
  readonly training = new Training({
    board: this.board, lane: this.learning.lane, encoder: () => this.models.encoderId(), embed: (texts) => this.models.embed(texts), files: () => this.files,
  });

  /** What stands beside teaching: checking it, grouping patterns, taking it along, keeping it. */
  readonly desk: Desk = new Desk(this, {
    board: this.board, learning: this.learning, log: this.log, lessons: () => this.teaching.standing.lift(), common: () => this.models.common(),
    models: { added: () => this.added, useModels: (models, mode) => this.useModels(models, mode), encoderId: () => this.models.encoderId() },
  });

  private readonly course: Course = new Course({
    run: this.run, board: this.board, rows: this.rowAccess, teaching: this.teaching, learning: this.learning, log: this.log,
    files: () => ({ ...this.compared.with({ files: this.files, dialects: this.inputs.dialects }), handles: this.files.map(handleOf) }), clustering: () => this.desk.clustering, share: () => this.shareVerdicts(),
  });

  /** What the open files are compared with. */
  readonly compared: BaselineFiles = new BaselineFiles({
    reader: this.reader, inputs: this.inputs, log: this.log, again: () => this.course.again(), afresh: (change) => this.afresh(change),
  });

  /** Reading on while the open file grows. */
  readonly following = new Following({
    log: this.log, files: () => this.files, dialects: () => this.inputs.dialects, ask: (question) => this.ask(question), grow: () => this.course.grow(), entries: () => this.entries,
    stopped: () => (this.stage === 'ready' && !this.complete) || this.stage === 'failed',
    idle: () => this.stage === 'ready' && this.complete && this.saving === null && this.outputs.hashing === null && this.teaching.standing.back === null && this.teaching.standing.swapped === null,
  });

  /** The language model, where the person has loaded one. */
  readonly llm: LanguageModel = new LanguageModel(llmParts({
    board: this.board, models: this.models, rows: this.rowAccess, learning: this.learning, snapshot: () => this.teaching.standing.shown,
    aside: (work) => this.run.aside(work), share: () => this.shareVerdicts(), report: (error) => this.log.add(error),
  }));

  /** Everything that can be saved beyond the plain CSV. */
  readonly outputs: Outputs = new Outputs({
    session: this, rows: this.rowAccess, exports: this.exports, log: this.log, dialects: () => this.inputs.dialects, compared: () => this.compared.files(this.inputs.dialects),
    share: () => this.shareVerdicts(), models: () => modelFacts(this.models, this.llm),
  });

  /** Opens files, dropping whatever was open. Never rejects: what goes wrong becomes an alert. */
  async open(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    const run = this.reset();
    this.llm.leave();
    this.compared.forget();
    this.inputs.reset(files);
    this.run.stage = 'reading';
    this.models.prepare();
    this.learning.prepare();
    try {
      const { readable, refused } = await sniffFiles(this.reader, files);
      if (!this.run.is(run)) return;
      if (readable.length === 0) throw refused[0];
      // One bad file among several does not keep the others from being read.
      for (const error of refused) this.log.add(error);
      this.inputs.take(readable);
      await this.askOrRun(run);
    } catch (error) {
      this.run.fail(run, error);
    }
  }

  /** Opens text that was pasted. */
  openText = (text: string): Promise<void> => this.open([new File([text], 'pasted text')]);

  /** Opens the made-up sample, by the same way as a dropped file. */
  openSample = (): Promise<void> => this.open([new File([sampleLog()], SAMPLE_NAME, { type: 'text/csv' })]);

  /** Looks at the first part of a file, as the person wishes. @throws Failure as ReaderApi.sniff */
  readonly sniff = (file: File, ask: SniffAsk): Promise<Sniffed> => this.reader.call((api) => api.sniff(file, ask));

  /** Reads again as was chosen for one file, and for those like it. What was taught goes along. Never rejects. */
  async reread(choice: ReadChoice): Promise<void> {
    const { dialects, list } = this.inputs;
    const compared = this.compared.inputs;
    const { inputs, refused } = await withReadChoice([...list, ...compared], choice, this.sniff);
    // Other files were opened meanwhile.
    if (dialects !== this.inputs.dialects || compared !== this.compared.inputs || list.length === 0) return;
    const reading = this.afresh(() => {
      this.inputs.take(inputs.slice(0, list.length));
      this.compared.take(inputs.slice(list.length));
    });
    for (const error of refused) this.log.add(error);
    await reading;
  }

  /** Stops reading, classifying, or asking the language model; what is done is kept. */
  cancel(): void {
    if (this.run.progress === null && (this.llm.stage === 'asking' || this.llm.stage === 'checking')) this.llm.cancel();
    else this.run.cancel();
  }

  /** Stops saving; no part of a file is left behind. */
  cancelSaving(): void {
    this.exports.stop();
  }

  /** Back to the first screen. The worker is kept (it could not be loaded again with the server gone), what it holds is not. */
  close(): void {
    const run = this.reset();
    this.llm.leave();
    this.compared.forget();
    this.inputs.reset([]);
    this.released.then(async () => {
      if (this.run.is(run)) await this.reader.call((api) => api.begin([], [], { rules: [], lessons: [] }));
    }).catch((error: unknown) => this.log.add(error));
  }

  setThreshold(value: number): void {
    this.board.threshold = value;
    this.board.refresh();
    this.shareVerdicts().catch((error: unknown) => this.log.add(error));
  }

  setBackend(backend: Backend): void {
    this.models.backend = backend;
    writeSetting('backend', backend);
  }

  /** Lets these models vote beside the shipped ones, or alone. @throws Failure 'model-refused', and then nothing changes */
  async useModels(models: readonly AddedModel[], mode: AddedMode): Promise<void> {
    const classes = await this.models.setAdded(models, mode);
    this.desk.clustering.cancel();
    this.board.revote(classes);
    // Where files are being read again the votes follow anyway.
    if (this.table !== null && this.teaching.standing.back === null) await this.course.decide(this.run.again());
  }

  /** Rows that pass the filter. What goes wrong becomes an alert and rejects. */
  async rowCount(filter: Filter): Promise<number> {
    await this.shareFor(filter);
    return this.ask((api) => api.rowCount(filter));
  }

  /** Rows `from`… among those that pass the filter, in that order, read again from the file. What goes wrong becomes an alert and rejects. */
  async rows(filter: Filter, from: number, count: number, order: RowOrder = 'read'): Promise<readonly RowView[]> {
    await this.shareFor(filter);
    return this.ask((api) => api.rowsInOrder(filter, order, from, count));
  }

  /** Asks the reader something else about the open files. What goes wrong becomes an alert and rejects. */
  ask<T>(question: (api: Remote<ReaderApi>) => Promise<T>): Promise<T> {
    const run = this.run.number;
    const work = this.rowAccess.call(question);
    work.catch((error: unknown) => this.run.is(run) && this.log.add(error));
    return work;
  }

  /** Tells the reader worker the verdicts, for filters and exports. */
  private async shareVerdicts(): Promise<void> {
    // Where one table takes the place of another, those of the old one mean nothing to the reader any more.
    while (this.teaching.standing.swapped !== null) await this.teaching.standing.swapped;
    if (this.verdicts !== null) await this.rowAccess.share(this.verdicts);
  }

  /** A filter by verdict needs the worker to know today's. */
  private async shareFor(filter: Filter): Promise<void> {
    if (filter.labels !== null || filter.problemsOnly) await this.shareVerdicts();
  }

  /** Reads the open files from the start after a change of what they are or how they are read; what was taught goes along. */
  private async afresh(change: () => void): Promise<void> {
    const run = this.reset();
    change();
    this.run.stage = 'reading';
    try {
      await this.askOrRun(run);
    } catch (error) {
      this.run.fail(run, error);
    }
  }

  private async askOrRun(run: number): Promise<void> {
    const unclear = this.inputs.ask();
    if (unclear === null) return this.course.go(run, this.released);
    this.run.stage = 'failed';
    this.log.add(new Failure('no-message-column', `“${unclear}”: no column is clearly the message. Choose the column that holds the log text, then it is read.`));
  }

  /** What was taught so far, out of the tables that are dropped. */
  private released: ReturnType<Teaching['release']> = Promise.resolve([]);

  private reset(): number {
    this.exports.stop();
    this.outputs.cancel();
    this.following.stop();
    this.log.clear();
    this.training.forget();
    this.desk.clustering.forget();
    this.released = this.teaching.release();
    this.board.show(null);
    this.released.then(() => this.rowAccess.reset(null), () => undefined);
    return this.run.reset();
  }
}
