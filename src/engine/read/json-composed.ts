import { SPACE } from './ascii.ts';
import type { Entry } from './entry.ts';
import type { JsonFields } from './json-fields.ts';

/** A message made of several fields of an object, with a space between them; those that it lacks are left out. */
export class ComposedMessage {
  private bytes = new Uint8Array(256);

  /** Puts together the fields asked for besides (`extra`) of the object last read. */
  make(entry: Entry, fields: JsonFields): void {
    let length = 0;
    for (const slot of fields.extra) {
      if (!fields.value(slot)) continue;
      const { text, from, to } = fields;
      if (length + to - from + 1 > this.bytes.length) {
        const larger = new Uint8Array((length + to - from + 1) * 2);
        larger.set(this.bytes.subarray(0, length));
        this.bytes = larger;
      }
      if (length > 0) this.bytes[length++] = SPACE;
      for (let p = from; p < to; p++) this.bytes[length++] = text[p];
    }
    entry.text = this.bytes;
    entry.messageStart = 0;
    entry.messageEnd = length;
  }
}
