import { sampleLog } from '../../src/engine/sample/sample-log.ts';

/** What the sample's incident wrote, and nothing else: one expression per pattern. */
const INCIDENT = [/ledger database ledger-\d+ is down/, /could not be written: connection to ledger-\d+ refused/, /Settlement process for batch \d+ aborted/] as const;
/** What ran the day before, and does no more. */
const STOPPED = 'Nightly report for region 7 was mailed to 31 people';
export const STOPPED_ROWS = 12;

export interface IncidentLogs {
  /** The sample: it has the incident. */
  readonly today: string;
  /** The same a day before, without it. */
  readonly yesterday: string;
  /** Rows of the incident by pattern, those with most rows first. */
  readonly incident: readonly { readonly expression: RegExp; readonly rows: number }[];
  readonly stopped: string;
}

export function incidentLogs(): IncidentLogs {
  const today = sampleLog();
  const [header, ...lines] = today.split('\n');
  const calm = lines.filter((line) => INCIDENT.every((expression) => !expression.test(line))).map((line) => line.replace(/^2025-03-14T/, '2025-03-13T'));
  const stopped = Array.from({ length: STOPPED_ROWS }, (_, i) => `2025-03-13T0${Math.floor(i / 6)}:${10 + i}:00Z,AnalyticsEngine,${STOPPED.replace('31', String(20 + i))}`);
  return {
    today, yesterday: [header, ...stopped, ...calm].join('\n'), stopped: STOPPED,
    incident: INCIDENT.map((expression) => ({ expression, rows: lines.filter((line) => expression.test(line)).length })).sort((a, b) => b.rows - a.rows),
  };
}
