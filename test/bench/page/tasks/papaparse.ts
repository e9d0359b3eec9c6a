import Papa from 'papaparse';
import type { Task } from '../tasks.ts';

/** Papa Parse's own reading in chunks, in its faster form (arrays); rows are counted and dropped. */
const task: Task = {
  run: (file) => new Promise((resolve, reject) => {
    let rows = -1;
    let characters = 0;
    Papa.parse<string[]>(file, {
      skipEmptyLines: true,
      chunk: ({ data }) => {
        rows += data.length;
        for (const record of data) characters += record.at(-1)?.length ?? 0;
      },
      complete: () => resolve({ rows, characters }),
      error: reject,
    });
  }),
};

export default task;
