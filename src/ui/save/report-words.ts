import type { ReportWords } from '../../engine/write/report/facts.ts';
import { bytes, count, share, span, timeWriter } from '../format.ts';
import { colourOf, letterOf } from '../palette.ts';
import { visibleText } from '../visible-text.ts';

/** The report writes numbers, times and categories as the page does. */
export const REPORT_WORDS: ReportWords = { visible: visibleText, count, share, bytes, span, timeWriter, colourOf, letterOf };
