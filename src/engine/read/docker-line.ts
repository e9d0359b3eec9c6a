import type { Dialect } from '../../contract/dialect.ts';
import { CR, LF } from './ascii.ts';
import { newEntry } from './entry.ts';
import type { Entry } from './entry.ts';
import { JsonFields } from './json-fields.ts';

/** One line as Docker writes it: its text is text[from, to), without the end of the line within. */
export class DockerLine {
  text: Uint8Array = new Uint8Array(0);
  from = 0;
  to = 0;
  /** The text ended with a line feed. */
  ended = false;
  /** Tells the streams apart: the sum of the bytes of its name. */
  stream = 0;
  private readonly fields: JsonFields;
  private readonly entry: Entry;

  /** `entry` gets what the line says of itself (time, container). */
  constructor(dialect: Dialect, entry: Entry = newEntry()) {
    const outside = dialect.columns.map((column) => (column.startsWith('log.') ? '' : column));
    const time = outside[dialect.roles.time] ? dialect.roles.time : outside.indexOf('time');
    this.fields = new JsonFields({ ...dialect, columns: outside, roles: { ...dialect.roles, time } }, ['log', 'stream']);
    this.entry = entry;
  }

  /** Reads bytes[at, end); false where that is no object with a text. */
  read(bytes: Uint8Array, at: number, end: number): boolean {
    const { fields } = this;
    if (!fields.read(this.entry, bytes, at, end)) return false;
    const [log, stream] = fields.extra;
    this.stream = 0;
    if (fields.value(stream)) for (let p = fields.from; p < fields.to; p++) this.stream += fields.text[p];
    if (!fields.value(log)) return false;
    const { text, from, to } = fields;
    this.ended = to > from && text[to - 1] === LF;
    this.text = text;
    this.from = from;
    this.to = this.ended ? to - 1 : to;
    if (this.ended && this.to > from && text[this.to - 1] === CR) this.to--;
    return true;
  }
}
