import type { Dialect } from '../../contract/dialect.ts';
import type { ExportOptions, Redaction, RedactionPreview } from '../../contract/export.ts';
import { Failure } from '../../contract/failure.ts';
import type { Filter, Progress } from '../../contract/view.ts';
import { selectsAll } from '../../contract/view.ts';
import { Redactor } from '../../engine/redact/redactor.ts';
import { joinPlan, recordsOf } from '../../engine/write/join-files.ts';
import { writeManifest } from '../../engine/write/manifest.ts';
import type { Manifest, ManifestOutput } from '../../engine/write/manifest.ts';
import type { ReportFacts, ReportWords } from '../../engine/write/report/facts.ts';
import { writeReport } from '../../engine/write/report/report.ts';
import { downloadFile } from '../../bridge/download-file.ts';
import type { Alerts } from '../alerts.svelte.ts';
import type { RowAccess } from '../row-access.ts';
import { outputName } from '../save-run.ts';
import type { Saving } from '../saving.svelte.ts';
import { Digests } from './digests.ts';
import { manifestOf } from './manifest-of.ts';
import type { ManifestSession, ModelFacts } from './manifest-of.ts';
import { SaveChoice } from './save-choice.svelte.ts';

export interface OutputParts {
  readonly session: ManifestSession;
  readonly rows: RowAccess;
  readonly exports: Saving;
  readonly log: Alerts;
  readonly dialects: () => readonly Dialect[];
  /** Files that are read along only to be compared with. */
  readonly compared: () => { readonly files: readonly File[]; readonly dialects: readonly Dialect[] };
  /** Tells the reader worker the verdicts of now. */
  readonly share: () => Promise<void>;
  readonly models: () => Promise<ModelFacts>;
}

/** Everything that can be saved beyond the plain CSV: other forms of the rows, the report, the manifest. */
export class Outputs {
  readonly choice = new SaveChoice();
  /** Hashing the files for report or manifest. */
  hashing = $state.raw<Progress | null>(null);
  /** What was saved beside rows, in words. */
  told = $state('');
  readonly #parts: OutputParts;
  readonly #digests: Digests;
  /** Files saved of what is open. */
  #written: { readonly files: readonly File[]; readonly outputs: readonly ManifestOutput[] } = { files: [], outputs: [] };

  constructor(parts: OutputParts) {
    this.#parts = parts;
    this.#digests = new Digests(parts.rows);
  }

  /** The columns that rows are written with, where they are not the files' own; null where they are. */
  normalised(format: ExportOptions['format']): readonly string[] | null {
    const { session, dialects } = this.#parts;
    const files = dialects().map((dialect, at) => ({ name: session.files[at]?.name ?? '', dialect }));
    if (files.length === 0) return null;
    const plan = joinPlan(files, format);
    const own = !plan[0].normalise && plan.every(({ dialect }) => recordsOf(dialect) === 'csv' || (format === 'jsonl' && recordsOf(dialect) === 'json'));
    return own ? null : [...(files.length > 1 ? ['file'] : []), 'line', 'timestamp', ...(format === 'jsonl' ? ['time'] : []), 'source', 'level', 'log_message'];
  }

  /** Saves rows. Must be called from a click: the save dialog needs one. What goes wrong becomes an alert and rejects. */
  async save(filter: Filter): Promise<void> {
    const { session } = this.#parts;
    const { format, extra, redaction } = this.choice;
    const { table } = session;
    const reasons = extra.includes('reason') && table !== null ? Array.from({ length: table.count }, (_, pattern) => session.verdict(pattern).reason) : null;
    await this.#rows({ format, filter, extra: [...extra], reasons, redaction: redaction === null ? null : { ...redaction, kinds: [...redaction.kinds], own: [...redaction.own] } });
  }

  /** Saves the labelled CSV, whatever was chosen for other forms. Must be called from a click. `provisional`: add that column. What goes wrong becomes an alert. */
  async saveCsv(filter: Filter, provisional = false): Promise<void> {
    await this.#rows({ format: 'csv', filter, extra: provisional ? ['provisional'] : [], reasons: null, redaction: null }).catch(() => undefined);
  }

  /** What redaction would do to the first rows. @throws Failure as of ReaderApi */
  async preview(redaction: Redaction, filter: Filter, most: number): Promise<RedactionPreview> {
    const { rows, share } = this.#parts;
    if (!selectsAll(filter)) await share();
    const plain = { kinds: [...redaction.kinds], own: [...redaction.own], key: redaction.key };
    return rows.call((api) => api.redactionPreview(plain, filter, most));
  }

  /** @throws Failure as of ReaderApi; AbortError where other files were opened meanwhile */
  async saveManifest(): Promise<void> {
    const manifest = await this.#manifest();
    this.#download('manifest.json', writeManifest(manifest), 'application/json');
  }

  /** @param about what the page adds to what the session knows. @throws as `saveManifest` */
  async saveReport(about: Pick<ReportFacts, 'data' | 'compared'>, words: ReportWords): Promise<void> {
    const { session } = this.#parts;
    const { redaction, examples } = this.choice;
    const redactor = redaction === null ? null : new Redactor(redaction);
    const manifest = await this.#manifest();
    const hide = (part: string): string => redactor?.text(part) ?? part;
    const named = (inputs: Manifest['inputs']): Manifest['inputs'] => inputs.map((input) => ({ ...input, name: hide(input.name), member: hide(input.member) }));
    const facts = { ...manifest, inputs: named(manifest.inputs), comparedWith: named(manifest.comparedWith) };
    const compared = about.compared === null ? null : { ...about.compared, name: hide(about.compared.name) };
    const text = writeReport({ ...about, compared, manifest: facts, examples, reason: (pattern) => session.verdict(pattern).reason, hide }, words);
    this.#download('report.html', text, 'text/html');
  }

  /** Gives up hashing. */
  cancel(): void {
    this.#digests.stop();
  }

  async #rows(what: Omit<ExportOptions, 'raw'>): Promise<void> {
    const { session, exports, share, log } = this.#parts;
    const { files } = session;
    const address = new URLSearchParams(location.search);
    const options: ExportOptions = { ...what, raw: address.get('raw') === '1' };
    try {
      // An expression that cannot be used is told before a place to save is asked for.
      if (what.redaction !== null) new Redactor(what.redaction);
      await exports.run(outputName(files, what.format === 'csv' ? 'labelled.csv' : 'labelled.jsonl'), address.get('save') === 'download', options, share);
      this.#note(files, options);
    } catch (error) {
      log.add(error);
      throw error;
    }
  }

  async #manifest(): Promise<Manifest> {
    const { session, dialects, compared, models } = this.#parts;
    this.told = '';
    const { files, table } = session;
    try {
      const digests = await this.#digests.of(table, (progress) => { this.hashing = progress; });
      const facts = await models();
      if (session.files !== files) throw Object.assign(new Error('Other files were opened meanwhile.'), { name: 'AbortError' });
      if (session.table !== table) throw new Failure('save-failed', 'The log was read again meanwhile, so nothing was saved. Save once more.');
      const outputs = this.#written.files === files ? this.#written.outputs : [];
      return await manifestOf(session, { digests, outputs, open: { files, dialects: dialects() }, compared: compared(), models: facts });
    } finally {
      this.hashing = null;
    }
  }

  #download(ending: string, text: string, type: string): void {
    const name = outputName(this.#parts.session.files, ending);
    downloadFile(name, [text], type);
    this.told = `Saved ${name}.`;
  }

  #note(files: readonly File[], { filter, redaction }: ExportOptions): void {
    const { saved } = this.#parts.exports;
    if (saved === null) return;
    const output: ManifestOutput = {
      name: saved.name, rows: saved.rows, filtered: !selectsAll(filter),
      redaction: redaction === null ? null : { kinds: redaction.kinds, ownExpressions: redaction.own.length, replaced: saved.redacted },
    };
    this.#written = { files, outputs: [...(this.#written.files === files ? this.#written.outputs : []), output] };
  }
}
