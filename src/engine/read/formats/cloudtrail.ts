import { NO_ROLES } from '../../../contract/dialect.ts';
import type { FormatModule } from '../format-module.ts';
import { JsonDocumentReader } from '../json-document.ts';
import { sniffDocument } from '../sniff-document.ts';

/** What the message of an event is made of; its source is the service that was called. */
const MESSAGE = ['eventName', 'errorCode', 'errorMessage'];

/**
 * AWS CloudTrail: `{"Records": […]}`, or an event a line. The message is "eventName errorCode errorMessage".
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const cloudtrailFormat: FormatModule = {
  name: 'AWS CloudTrail',
  recognise({ bytes, text, base }) {
    if (!text.includes('"eventSource"') || !text.includes('"eventName"')) return null;
    const dialect = sniffDocument(bytes, text, base)?.dialect;
    if (dialect === undefined) return null;
    const column = (name: string): number => dialect.columns.indexOf(name);
    const roles = { ...NO_ROLES, message: column('eventName'), source: column('eventSource'), time: column('eventTime') };
    if (roles.message < 0 || roles.source < 0 || roles.time < 0) return null;
    return { score: 0.98, dialect: { ...dialect, roles, sure: 1 } };
  },
  closed: true,
  open: (dialect, resume) => new JsonDocumentReader(dialect, resume, MESSAGE),
};
