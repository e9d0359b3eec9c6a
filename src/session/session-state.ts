import { readerLane } from '../bridge/reader.ts';
import type { Backend } from '../contract/model.ts';
import { Alerts } from './alerts.svelte.ts';
import { Board } from './board.svelte.ts';
import type { Neighbour } from './board.svelte.ts';
import { Inputs } from './inputs.svelte.ts';
import { ModelUse } from './model-use.svelte.ts';
import { RowAccess } from './row-access.ts';
import { Run } from './run.svelte.ts';
import { Saving } from './saving.svelte.ts';

/** What a session stands on, and what the page reads of that: the open files, how far they are, what is thought of their patterns. */
export class SessionState {
  protected readonly log = new Alerts();
  /** The open files and how each is read. */
  readonly inputs = new Inputs();
  protected readonly reader = readerLane();
  protected readonly rowAccess = new RowAccess(this.reader);
  protected readonly exports = new Saving(this.rowAccess);
  protected readonly models = new ModelUse();
  protected readonly board = new Board(this.models.lane);
  protected readonly run = new Run({ reader: this.reader, rows: this.rowAccess, models: this.models, board: this.board, log: this.log });

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
  /** Models that a person added, and whether they vote beside the shipped ones. */
  get added(): ModelUse['added'] { return this.models.added; }

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
}
