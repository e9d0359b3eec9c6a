import type { Dialect, Format } from '../../contract/dialect.ts';
import { Failure } from '../../contract/failure.ts';
import type { RecordReader, Resume } from './entry.ts';
import type { FormatModule } from './format-module.ts';
import { accessFormat } from './formats/access.ts';
import { apacheErrorFormat } from './formats/apache-error.ts';
import { criFormat } from './formats/cri.ts';
import { csvFormat } from './formats/csv.ts';
import { customFormat } from './formats/custom.ts';
import { cloudtrailFormat } from './formats/cloudtrail.ts';
import { dockerFormat } from './formats/docker.ts';
import { loadBalancerFormat } from './formats/elb.ts';
import { journalExportFormat } from './formats/journal-export.ts';
import { jsonDocumentFormat } from './formats/json-document.ts';
import { jsonFormat } from './formats/json.ts';
import { journalctlFormat } from './formats/journalctl.ts';
import { julFormat } from './formats/jul.ts';
import { jvmFormat } from './formats/jvm.ts';
import { klogFormat } from './formats/klog.ts';
import { linesFormat } from './formats/lines.ts';
import { log4jFormat } from './formats/log4j.ts';
import { logcatFormat } from './formats/logcat.ts';
import { logfmtFormat } from './formats/logfmt.ts';
import { nginxErrorFormat } from './formats/nginx-error.ts';
import { plainFormat } from './formats/plain.ts';
import { pythonFormat } from './formats/python.ts';
import { syslog5424Format } from './formats/syslog-5424.ts';
import { syslogFormat } from './formats/syslog.ts';

/** What can be read, in the order in which it is shown. A new format is a file in `formats/` and a line here. */
export const FORMATS: Readonly<Record<Format, FormatModule>> = {
  json: jsonFormat,
  'json-document': jsonDocumentFormat,
  docker: dockerFormat,
  cloudtrail: cloudtrailFormat,
  elb: loadBalancerFormat,
  'journal-export': journalExportFormat,
  csv: csvFormat,
  syslog5424: syslog5424Format,
  journalctl: journalctlFormat,
  syslog: syslogFormat,
  access: accessFormat,
  'nginx-error': nginxErrorFormat,
  'apache-error': apacheErrorFormat,
  jul: julFormat,
  jvm: jvmFormat,
  python: pythonFormat,
  log4j: log4jFormat,
  logfmt: logfmtFormat,
  klog: klogFormat,
  cri: criFormat,
  logcat: logcatFormat,
  plain: plainFormat,
  lines: linesFormat,
  custom: customFormat,
};

/** @throws Failure 'internal' where there is no such format */
export function formatOf(id: Format): FormatModule {
  if (!Object.hasOwn(FORMATS, id)) throw new Failure('internal', `There is no format “${id}”.`);
  return FORMATS[id];
}

/** A reader for one file, from its first byte; or, with `resume`, from the start of a record within it. */
export function openReader(dialect: Dialect, resume?: Resume): RecordReader {
  return formatOf(dialect.format).open(dialect, resume);
}
