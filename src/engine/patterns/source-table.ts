import { grown } from './growing.ts';
import { hashBytes, hashPair } from './hash.ts';

/** Names of sources, numbered in order of appearance; 0 is '' (none named). Past the cap all share one name. */
export class SourceTable {
  readonly names: string[] = [''];
  private bytes = new Uint8Array(4096);
  private starts: number[] = [0, 0];
  private readonly slots = new Int32Array(SLOTS * 2).fill(-1);
  private last = 0;

  /** Number of the source named by bytes[start,end). */
  add(bytes: Uint8Array, start: number, end: number): number {
    let from = start, to = end;
    while (from < to && bytes[from] <= 0x20) from++;
    while (to > from && bytes[to - 1] <= 0x20) to--;
    if (from === to) return 0;
    if (this.same(this.last, bytes, from, to)) return this.last;
    const name = bytes.subarray(from, to);
    hashBytes(name, name.length, 0);
    let slot = hashPair.low & (SLOTS - 1);
    const high = hashPair.high;
    let index = -1;
    while ((index = this.slots[slot * 2]) >= 0) {
      if (this.slots[slot * 2 + 1] === high && this.same(index, bytes, from, to)) return (this.last = index);
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (this.names.length > SOURCE_CAP) return this.overflow();
    index = this.names.length;
    this.names.push(new TextDecoder().decode(name));
    const begin = this.starts[index];
    this.bytes = grown(this.bytes, begin + name.length);
    this.bytes.set(name, begin);
    this.starts.push(begin + name.length);
    this.slots[slot * 2] = index;
    this.slots[slot * 2 + 1] = high;
    return (this.last = index);
  }

  /** Forgets the sources that were added last, down to `count` names. */
  truncate(count: number): void {
    while (this.names.length > count) {
      const index = this.names.length - 1;
      this.names.pop();
      this.starts.pop();
      // Nothing was added after it, so no other name was sought past its slot.
      for (let slot = 0; slot < SLOTS; slot++) if (this.slots[slot * 2] === index) this.slots[slot * 2] = -1;
    }
    this.last = 0;
  }

  private overflow(): number {
    if (this.names.length === SOURCE_CAP + 1) {
      this.names.push('(other sources)');
      this.starts.push(this.starts[this.names.length - 1]);
    }
    return SOURCE_CAP + 1;
  }

  private same(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.starts[index];
    if (this.starts[index + 1] - start !== to - from) return false;
    for (let at = from; at < to; at++) if (this.bytes[start + at - from] !== bytes[at]) return false;
    return true;
  }
}

/** Row stores hold a source in 16 bits; a column with more values than this is no source. */
export const SOURCE_CAP = 20_000;
const SLOTS = 65_536;
