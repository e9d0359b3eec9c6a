import type { Block } from '../patterns/row-store.ts';
import { timeAt } from '../patterns/row-store.ts';

/** Earliest and latest time of a block's rows; Infinity and -Infinity where none has one. */
export interface BlockSpan {
  readonly first: number;
  readonly last: number;
  /** Every row has one. */
  readonly timed: boolean;
}

/** Times that blocks of rows cover, each worked out when it is first asked for: a range of time skips whole blocks. For rows that do not change any more. */
export class BlockSpans {
  private readonly known = new Map<Block, BlockSpan>();

  of(block: Block): BlockSpan {
    let span = this.known.get(block);
    if (span === undefined) {
      let first = Infinity, last = -Infinity, timed = 0;
      for (let at = 0; at < block.count; at++) {
        const time = timeAt(block, at);
        if (time < first) first = time;
        if (time > last) last = time;
        if (time === time) timed++;
      }
      span = { first, last, timed: timed === block.count };
      this.known.set(block, span);
    }
    return span;
  }
}
