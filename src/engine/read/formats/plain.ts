import type { FormatModule } from '../format-module.ts';
import { LineReader } from '../lines.ts';
import { linesDialect } from './lines.ts';

/** Lines that are all message. Says so where none of them has a header; chosen, it leaves every line as it is. */
export const plainFormat: FormatModule = {
  name: 'Plain lines',
  recognise: (sample) => ({ score: sample.shape.kind === '' ? 0.55 : 0, dialect: { ...linesDialect(sample), shape: '' } }),
  open: (dialect, resume) => new LineReader({ ...dialect, shape: '' }, resume),
};
