import { ENTRY_RECORD } from '../../../../src/engine/read/entry.ts';
import { openReader } from '../../../../src/engine/read/formats.ts';
import { BUILT_IN_RULES } from '../../../../src/engine/rules/built-in-rules.ts';
import { compileRules } from '../../../../src/engine/rules/compile-rules.ts';
import { FileSource } from '../../../../src/engine/scan/byte-source.ts';
import { Feed } from '../../../../src/engine/scan/feed.ts';
import type { Task } from '../tasks.ts';
import { dialectOf } from '../dialect.ts';

/** Reading and all built-in rules, exact for every entry. */
const task: Task = {
  async run(file) {
    const feed = new Feed(new FileSource(file), openReader(await dialectOf(file)));
    const matcher = compileRules(BUILT_IN_RULES);
    let rows = 0, matched = 0;
    while (!feed.done) {
      await feed.advance((entry) => {
        if (entry.kind !== ENTRY_RECORD) return;
        rows++;
        if (matcher.match(entry.text, entry.messageStart, entry.messageEnd) >= 0) matched++;
      });
    }
    return { rows, matched, bytes: feed.position };
  },
};

export default task;
