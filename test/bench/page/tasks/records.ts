import { ENTRY_RECORD } from '../../../../src/engine/read/entry.ts';
import { openReader } from '../../../../src/engine/read/formats.ts';
import { FileSource } from '../../../../src/engine/scan/byte-source.ts';
import { Feed } from '../../../../src/engine/scan/feed.ts';
import type { Task } from '../tasks.ts';
import { dialectOf } from '../dialect.ts';

/** Winnow's reader alone: records, columns and times, nothing done with them. */
const task: Task = {
  async run(file) {
    const feed = new Feed(new FileSource(file), openReader(await dialectOf(file)));
    let rows = 0;
    while (!feed.done) await feed.advance((entry) => { if (entry.kind === ENTRY_RECORD) rows++; });
    return { rows, bytes: feed.position };
  },
};

export default task;
