import type { Dialect } from '../../contract/dialect.ts';
import { SPACE } from './ascii.ts';
import { ChunkReader, INCOMPLETE } from './chunks.ts';
import { ENTRY_BLANK } from './entry.ts';
import type { Resume } from './entry.ts';
import { takeLine } from './lines.ts';
import { Stamps } from './stamps.ts';

/**
 * Reads access logs of AWS load balancers: "type time elb client:port …" of application and network ones, "time elb
 * client:port …" of classic ones. The message is the whole line, as of other access logs; the source is the load balancer.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
export class LoadBalancerReader extends ChunkReader {
  private readonly stamps: Stamps;

  constructor(dialect: Dialect, resume?: Resume) {
    super(dialect, resume);
    this.stamps = new Stamps(dialect.assumedYear, dialect.dayFirst, dialect.zone);
  }

  protected override record(bytes: Uint8Array, at: number, to: number, last: boolean): number {
    const { entry } = this;
    if (!takeLine(entry, bytes, at, to, last)) return INCOMPLETE;
    const { end } = entry;
    entry.line = this.line++;
    if (end === at) entry.kind = ENTRY_BLANK;
    entry.messageEnd = end;
    this.header(at, end);
    return entry.next;
  }

  private header(at: number, end: number): void {
    const { entry } = this;
    const { bytes } = entry;
    let from = at;
    let space = wordEnd(bytes, at, end);
    let time = this.stamps.at(bytes, from, space);
    if (Number.isNaN(time)) {
      // The kind of connection comes first; of network load balancers a version as well.
      for (let words = 0; words < 2 && space < end && Number.isNaN(time); words++) {
        from = space + 1;
        space = wordEnd(bytes, from, end);
        time = this.stamps.at(bytes, from, space);
      }
    }
    if (Number.isNaN(time) || this.stamps.end !== space) return;
    entry.time = time;
    entry.timeStart = from;
    entry.timeEnd = space;
    entry.sourceStart = Math.min(end, space + 1);
    entry.sourceEnd = wordEnd(bytes, entry.sourceStart, end);
  }
}

function wordEnd(bytes: Uint8Array, at: number, end: number): number {
  let p = at;
  while (p < end && bytes[p] !== SPACE) p++;
  return p;
}
