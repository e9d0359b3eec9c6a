import { BUILT_IN_RULES } from '../../../../src/engine/rules/built-in-rules.ts';
import { ReaderService } from '../../../../src/engine/scan/reader-service.ts';
import type { Task } from '../tasks.ts';
import { dialectOf } from '../dialect.ts';

/** All that happens before a model is asked: reading, time, rules, mask, keys, row store, merge, counts for the charts. */
const task: Task = {
  async run(file) {
    const reader = new ReaderService();
    await reader.begin([file], [await dialectOf(file)], { rules: BUILT_IN_RULES, lessons: [] });
    while (!(await reader.step(100)).done);
    const { entries, table, cells, bytesPerRow } = await reader.finish();
    return { rows: entries, patterns: table.count, cells: cells.pattern.length, bytesPerRow };
  },
};

export default task;
