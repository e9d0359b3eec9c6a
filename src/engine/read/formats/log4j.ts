import { lineFormat } from '../line-format.ts';

const STAMP = String.raw`(?:\[?\d{2,4}[-/]\d\d[-/]\d{2,4}[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?|\d\d:\d\d:\d\d[.,]\d{3}|\d{6} \d{6} \d{1,9}|\d{1,9})`;
const LEVEL = String.raw`(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)`;

/** Patterns that people give log4j and logback (and Spring Boot): a time, then level and [thread] in either order, then the logger. */
export const log4jFormat = lineFormat({
  name: 'log4j, logback',
  line: new RegExp(String.raw`^${STAMP},? +(?:- +)?(?:\[[^\]]{0,80}\] +(?:- +)?)?\[?${LEVEL}\b`),
  likes: /^\tat |\[main\]|\[[\w-]*thread[\w-]*\]|\b[a-z]\w*\.(?:\w+\.)*[A-Z]\w*(?:\$\w+)?(?: |:)|\.java:\d/,
});
