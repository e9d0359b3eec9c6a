import type { FormatModule } from '../format-module.ts';
import { lineFormat } from '../line-format.ts';
import { LineReader } from '../lines.ts';
import { LongLogcatReader } from '../logcat.ts';

const short = lineFormat({ name: 'Android logcat', kinds: ['logcat'], likes: /^/ });
const long = lineFormat({ name: 'Android logcat', kinds: ['logcat-long'] });

/** Android's logcat in its forms brief, time, threadtime and long, which the shape tells apart. */
export const logcatFormat: FormatModule = {
  name: 'Android logcat',
  recognise(sample) {
    const { lines } = sample.shape;
    const found = lines.some(({ kind }) => kind === 'logcat-long') ? long.recognise(sample) : null;
    // Lines of messages may look like anything, so a few headers in that form are enough.
    return found === null ? short.recognise(sample) : { score: 0.75, dialect: { ...found.dialect, grouping: 'line', shape: 'logcat-long' } };
  },
  open: (dialect, resume) => (dialect.shape === 'logcat-long' ? new LongLogcatReader(dialect, resume) : new LineReader({ ...dialect, shape: 'logcat' }, resume)),
};
