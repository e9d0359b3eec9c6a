import { lineFormat } from '../line-format.ts';

const LEVEL = String.raw`(?:DEBUG|INFO|WARNING|ERROR|CRITICAL|Level \d+)`;
const STAMP = String.raw`\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?:[+-]\d{4})?`;

/** Python's logging: its basic form "WARNING:root:message", and what people write with asctime; loguru, Airflow, Celery. */
export const pythonFormat = lineFormat({
  name: 'Python logging',
  line: new RegExp(String.raw`^(?:${LEVEL}:[\w.-]+:|${STAMP}\]?(?:: | \| | - [\w.-]+ - | \{[^}]{1,80}\} | )${LEVEL}\b)`),
  likes: /^Traceback \(most recent|^  File "|\bWARNING\b|\bCRITICAL\b|\.py\b|^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - /,
});
