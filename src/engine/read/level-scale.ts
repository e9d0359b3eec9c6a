import type { LevelCode } from '../../contract/level.ts';
import { numberedLevel } from './levels.ts';
import { plainName } from './plain-name.ts';

/** Application Insights: verbose, information, warning, error, critical. */
const INSIGHTS: readonly LevelCode[] = [1, 3, 5, 6, 7];
/** OpenTelemetry: four numbers each of trace, debug, info, warn, error, fatal, from 1. */
const TELEMETRY: readonly LevelCode[] = [1, 2, 3, 5, 6, 7];

/** What the numbers of a level field mean, told by the field's name; most are those of syslog, pino or bunyan. */
export function levelScale(path: string): (value: number) => LevelCode {
  const name = plainName(path.slice(path.lastIndexOf('.') + 1));
  if (name === 'severitylevel') return (value) => INSIGHTS[value] ?? 0;
  if (name === 'severitynumber') return (value) => (value >= 1 ? (TELEMETRY[Math.floor((value - 1) / 4)] ?? 0) : 0);
  return numberedLevel;
}
