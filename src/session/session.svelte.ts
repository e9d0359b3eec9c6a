import type { Remote } from 'comlink';
import { handleOf } from '../bridge/file-handles.ts';
import { readerLane } from '../bridge/reader.ts';
import { teachLane } from '../bridge/teach.ts';
import type { ExportOptions } from '../contract/export.ts';
import { Failure } from '../contract/failure.ts';
import type { AddedMode, AddedModel, Backend } from '../contract/model.ts';
import type { ReaderApi, RowOrder, SniffAsk, Sniffed } from '../contract/reader-api.ts';
import type { Filter, RowView } from '../contract/view.ts';
import { SAMPLE_NAME, sampleLog } from '../engine/sample/sample-log.ts';
import { Alerts } from './alerts.svelte.ts';
import { BaselineFiles } from './baseline.svelte.ts';
import { Board } from './board.svelte.ts';
import type { Neighbour } from './board.svelte.ts';
import { Course } from './course.ts';
import { Desk } from './desk.ts';
import { Following } from './following.svelte.ts';
import { Inputs } from './inputs.svelte.ts';
import { ModelUse } from './model-use.svelte.ts';
import { withReadChoice } from './read-choice.ts';
import type { ReadChoice } from './read-choice.ts';
import { sniffFiles } from './read-run.ts';
import { RowAccess } from './row-access.ts';
import { Run } from './run.svelte.ts';
import { outputName } from './save-run.ts';
import { modelFacts } from './save/model-facts.ts';
import { Outputs } from './save/outputs.svelte.ts';
import { Saving } from './saving.svelte.ts';
import { statusText } from './status-text.ts';
import { KeysKept } from './teaching/keys-kept.ts';
import { Learning } from './teaching/learning.ts';
import { Teaching } from './teaching/teaching.svelte.ts';
import { Training } from './training.svelte.ts';

/** All that the page shows, and the verbs that change it. Nothing in here grows with rows. */
export class Session {
  readonly status = $derived.by(() => statusText(this));
  private readonly log = new Alerts();
  /** The open files and how each is read. */
  readonly inputs = new Inputs();
  private readonly reader = readerLane();
  private readonly rowAccess = new RowAccess(this.reader);
  private readonly exports = new Saving(this.rowAccess);
  private readonly models = new ModelUse();
  private readonly board = new Board(this.models.lane);
  private readonly run = new Run({ reader: this.reader, rows: this.rowAccess, models: this.models, board: this.board, log: this.log });
  private readonly learning = new Learning(teachLane(), (texts) => this.models.embed(texts), () => this.models.info?.encoder ?? '');
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
    idle: () => this.stage === 'ready' && this.complete && this.saving === null && this.teaching.standing.back === null && this.teaching.standing.swapped === null,
  });

  /** Everything that can be saved beyond the plain CSV. */
  readonly outputs: Outputs = new Outputs({
    session: this, rows: this.rowAccess, exports: this.exports, log: this.log, dialects: () => this.inputs.dialects, compared: () => this.compared.files,
    share: () => this.shareVerdicts(), models: () => modelFacts(this.models),
  });

  get stage(): Run['stage'] { return this.run.stage; }
  get complete(): boolean { return this.run.complete; }
  get progress(): Run['progress'] { return this.run.progress; }
  get rate(): number { return this.run.rate; }
  get soFar(): Run['soFar'] { return this.run.soFar; }
  get entries(): number { return this.run.entries; }
  get lines(): number { return this.run.lines; }
  get unread(): Run['unread'] { return this.run.unread; }
  get unreadTotal(): number { return this.run.unreadTotal; }
  get overflowRows(): number { return this.run.overflowRows; }
  get outOfOrder(): boolean { return this.run.outOfOrder; }
  get saving(): Saving['progress'] { return this.exports.progress; }
  get saved(): Saving['saved'] { return this.exports.saved; }
  get files(): Inputs['files'] { return this.inputs.files; }
  get dialect(): Inputs['dialect'] { return this.inputs.dialect; }
  get question(): Inputs['question'] { return this.inputs.question; }
  get alerts(): Alerts['list'] { return this.log.list; }
  get table(): Board['table'] { return this.board.table; }
  get cells(): Board['cells'] { return this.board.cells; }
  get verdicts(): Board['verdicts'] { return this.board.verdicts; }
  get truth(): Board['truth'] { return this.board.truth; }
  get baseline(): Board['baseline'] { return this.board.baseline; }
  get limits(): Board['limits'] { return this.board.limits; }
  get threshold(): number { return this.board.threshold; }
  get modelInfo(): ModelUse['info'] { return this.models.info; }
  get backend(): Backend { return this.models.backend; }
  /** Rows whose verdict will not change any more, as a share of all. */
  get finalShare(): number { return this.board.finalShare; }

  /** Opens files, dropping whatever was open. Never rejects: what goes wrong becomes an alert. */
  async open(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    const run = this.reset();
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
    const { inputs, refused } = await withReadChoice(list, choice, this.sniff);
    // Other files were opened meanwhile.
    if (dialects !== this.inputs.dialects || list.length === 0) return;
    const reading = this.afresh(() => this.inputs.take(inputs));
    for (const error of refused) this.log.add(error);
    await reading;
  }

  /** Stops reading or classifying; what is done is kept. */
  cancel(): void {
    this.run.cancel();
  }

  /** Stops saving; no part of a file is left behind. */
  cancelSaving(): void {
    this.exports.stop();
  }

  /** Back to the first screen. The worker is kept (it could not be loaded again with the server gone), what it holds is not. */
  close(): void {
    const run = this.reset();
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
  }

  /** Models that a person added, and whether they vote beside the shipped ones. */
  get added(): ModelUse['added'] { return this.models.added; }

  /** Lets these models vote beside the shipped ones, or alone. @throws Failure 'model-refused', and then nothing changes */
  async useModels(models: readonly AddedModel[], mode: AddedMode): Promise<void> {
    const classes = await this.models.setAdded(models, mode);
    this.desk.clustering.cancel();
    this.board.revote(classes);
    // Where files are being read again the votes follow anyway.
    if (this.table !== null && this.teaching.standing.back === null) await this.course.decide(this.run.again());
  }

  /** Id of the encoder in use, which is loaded if need be. @throws Failure as of ModelApi */
  encoderId(): Promise<string> {
    return this.models.encoderId();
  }

  /** Raises an alert for what went wrong before anything was opened. */
  report(error: unknown): void {
    this.log.add(error);
  }

  dismiss(alertId: number): void {
    this.log.dismiss(alertId);
  }

  /** @param pattern index into the pattern table */
  verdict(pattern: number): ReturnType<Board['verdict']> {
    return this.board.verdict(pattern);
  }

  opinions(pattern: number): ReturnType<Board['opinions']> {
    return this.board.opinions(pattern);
  }

  /** The nearest labelled example of a pattern; null if it has none. */
  neighbour(pattern: number): Promise<Neighbour | null> {
    return this.board.neighbour(pattern);
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

  /** Saves the labelled CSV. Must be called from a click: the save dialog needs one. `provisional`: add that column. */
  async exportCsv(filter: Filter, provisional = false): Promise<void> {
    const address = new URLSearchParams(location.search);
    const options: ExportOptions = { format: 'csv', filter, extra: provisional ? ['provisional'] : [], reasons: null, redaction: null, raw: address.get('raw') === '1' };
    const saved = this.exports.run(outputName(this.files), address.get('save') === 'download', options, () => this.shareVerdicts());
    await saved.catch((error: unknown) => this.log.add(error));
  }

  /** Tells the reader worker the verdicts, for filters and exports. */
  private async shareVerdicts(): Promise<void> {
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
