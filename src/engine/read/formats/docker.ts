import { NO_ROLES } from '../../../contract/dialect.ts';
import { DockerReader, WHOLE_LINES } from '../docker.ts';
import type { FormatModule } from '../format-module.ts';
import { fieldsOf, guessFields, sampleLines } from '../sniff-json.ts';
import type { FieldMap } from '../sniff-json.ts';

/** Share of lines that must be Docker's. */
const SHARE = 0.8;

/** Container logs as Docker keeps them: an object a line with the text in `log`. The text may be a JSON object in its turn. */
export const dockerFormat: FormatModule = {
  name: 'Docker (JSON file)',
  recognise({ text, base }) {
    const lines = sampleLines(text);
    const objects = lines.map(fieldsOf).filter((fields) => fields?.has('log') === true && fields.has('stream') && fields.has('time')) as FieldMap[];
    if (objects.length === 0 || objects.length < SHARE * lines.length) return null;
    const texts = objects.map((fields) => fields.get('log') ?? '');
    const whole = texts.filter((log) => log.endsWith('\n')).length >= texts.length / 2;
    const inner = texts.map((log) => fieldsOf(log.trim())).filter((fields) => fields !== undefined);
    const outer = guessFields(objects.map((fields) => new Map([...fields].filter(([path]) => path !== 'stream'))), base.assumedYear);
    const shape = whole ? WHOLE_LINES : '';
    const { columns } = outer;
    const roles = { ...NO_ROLES, message: columns.indexOf('log'), time: columns.indexOf('time'), source: outer.guess.roles.source };
    if (roles.source === roles.message) roles.source = -1;
    if (inner.length < texts.length / 2) return { score: 0.97, dialect: { ...base, shape, columns, roles, sure: 1 } };
    const within = guessFields(inner, base.assumedYear);
    const shifted = { ...roles };
    for (const role of ['message', 'level', 'source', 'time'] as const) if (within.guess.roles[role] >= 0) shifted[role] = columns.length + within.guess.roles[role];
    return { score: 0.97, dialect: { ...base, shape, columns: [...columns, ...within.columns.map((path) => `log.${path}`)], roles: shifted, sure: within.guess.sure } };
  },
  open: (dialect, resume) => new DockerReader(dialect, resume),
};
