import { NO_ROLES, ROLES } from '../../contract/dialect.ts';
import type { Role } from '../../contract/dialect.ts';
import { labelColumn } from './label-column.ts';
import { levelOf } from './levels.ts';
import { plainName } from './plain-name.ts';
import { Stamps } from './stamps.ts';

/** Roles that a name alone can tell; of labels the values have a say. */
const NAMED = ROLES.filter((role) => role !== 'label');
type NamedRole = (typeof NAMED)[number];

/** Names of columns and fields by role, letters and digits only, the surest first. */
const NAMES: Readonly<Record<NamedRole, readonly string[]>> = {
  message: ['logmessage', 'message', 'msg', 'logmsg', 'eventmessage', 'messagetext', 'textpayload', 'logline', 'logtext', 'logentry', 'renderedmessage', 'shortmessage', 'fullmessage', 'mt', 'nachricht', 'meldung', 'mensaje',
    'text', 'body', 'content', 'description', 'details', 'detail', 'line', 'entry', 'log', 'event', 'raw', 'payload', 'summary', 'info'],
  source: ['source', 'service', 'servicename', 'sourcesystem', 'sourcename', 'eventsource', 'app', 'application', 'appname', 'applicationname', 'logger', 'loggername', 'sourcecontext', 'component', 'componentname', 'system', 'subsystem', 'program', 'providername', 'process', 'processname', 'syslogidentifier', 'systemdunit', 'comm', 'cloudrolename', 'module', 'functionname', 'logstreamname', 'container', 'containername', 'kubernetescontainername', 'pod', 'podname', 'name', 'host', 'hostname', 'server', 'machine', 'computer', 'channel', 'facility', 'quelle', 'dienst', 'rechner'],
  time: ['timestamp', 'time', 'datetime', 'date', 'ts', 'eventtime', 'logtime', 'logtimestamp', 'createdat', 'created', 'occurredat', 'timegenerated', 'timecreated', 'dateandtime', 'asctime', 'realtimetimestamp', 't', 'when', 'zeitstempel', 'zeit', 'datum', 'horodatage', 'fecha'],
  level: ['level', 'severity', 'loglevel', 'lvl', 'levelname', 'severitytext', 'priority', 'leveldisplayname', 'severitylevel', 'severitynumber', 'prio', 'sev', 'l', 'keywords', 'stufe', 'schweregrad', 'niveau', 'nivel'],
};
/** Message names up to here leave no doubt. */
const SURE_MESSAGE_NAMES = 17;
/** Fields within these are about something other than the entry itself. */
const OTHER_THINGS = /(^|\.)(err|error|exception|cause|req|request|res|response|headers|user|process|metadata)\./i;
const ELSEWHERE = 100;
/** A column with fewer values than this share of the fullest one's is the last choice. */
const FILLED_SHARE = 0.2;
const RARE = 1000;
/** A source's values come again; in a small sample they need not. */
const DISTINCT_SHARE = 0.5;
const SMALL_SAMPLE = 10;

export interface RoleGuess {
  readonly roles: Record<Role, number>;
  /** As Dialect.sure. */
  readonly sure: number;
}

interface ColumnFacts {
  /** Mean characters per non-empty cell. */
  readonly length: number;
  /** Mean spaces per non-empty cell. */
  readonly spaces: number;
  readonly times: number;
  readonly levels: number;
  readonly numbers: number;
  readonly distinct: number;
  readonly filled: number;
}

/** The role that a name stands for, and how far down the list it is. */
export function roleOfName(name: string): { role: NamedRole; rank: number } | undefined {
  const plain = plainName(name);
  for (const role of NAMED) {
    const rank = NAMES[role].indexOf(plain);
    if (rank >= 0) return { role, rank };
  }
  return undefined;
}

/**
 * Guesses which column stands for what, from names (empty strings where there are none) and sample rows. Of
 * dotted paths, the whole counts, else the last part.
 */
export function guessRoles(names: readonly string[], rows: readonly (readonly string[])[], year: number): RoleGuess {
  const facts = names.map((_, column) => columnFacts(rows, column, year));
  const roles: Record<Role, number> = { ...NO_ROLES, label: labelColumn(names, rows) };
  for (const role of NAMED) roles[role] = byName(names, role, facts);
  const taken = (column: number): boolean => ROLES.some((role) => roles[role] === column);
  const rest = (test: (fact: ColumnFacts) => boolean): number => facts.findIndex((fact, column) => !taken(column) && fact.filled > 0 && test(fact));
  if (roles.time < 0) roles.time = rest((fact) => fact.times >= 0.8);
  if (roles.level < 0) roles.level = rest((fact) => fact.levels >= 0.8 && fact.numbers < 0.2);
  const sure = roles.message < 0 ? byContent(roles, facts, taken) : sureOfName(names[roles.message], facts, roles.message);
  if (roles.source < 0) roles.source = rest((fact) => (fact.distinct <= DISTINCT_SHARE * fact.filled || fact.filled < SMALL_SAMPLE) && fact.filled > 1 && fact.spaces < 0.5 && fact.length <= 40 && fact.numbers < 0.2 && fact.times < 0.2);
  return { roles, sure };
}

/** How far down the list of a role's names this one is, Infinity if it is not on it. Of dotted paths, the whole counts, else the last part. */
export function nameRank(role: Role, name: string): number {
  if (role === 'label') return Infinity;
  const whole = NAMES[role].indexOf(plainName(name));
  if (whole >= 0 || !name.includes('.')) return whole < 0 ? Infinity : whole;
  const part = NAMES[role].indexOf(plainName(name.slice(name.lastIndexOf('.') + 1)));
  return part < 0 ? Infinity : part + (OTHER_THINGS.test(name) ? ELSEWHERE : 0.5);
}

function byName(names: readonly string[], role: NamedRole, facts: readonly ColumnFacts[]): number {
  let best = -1;
  let bestRank = Infinity;
  const fullest = names.reduce((most, name, column) => (nameRank(role, name) < Infinity ? Math.max(most, facts[column].filled) : most), 0);
  const seldom = (column: number): boolean => facts[column].filled < FILLED_SHARE * fullest;
  names.forEach((name, column) => {
    const rank = nameRank(role, name) + (seldom(column) ? RARE : 0);
    if (rank >= bestRank || (role === 'message' && isImplausibleMessage(facts[column], rank))) return;
    best = column;
    bestRank = rank;
  });
  return best;
}

/** A name such as "event" may as well head a column of codes. */
function isImplausibleMessage(fact: ColumnFacts, rank: number): boolean {
  return rank >= SURE_MESSAGE_NAMES && fact.filled > 0 && (fact.numbers > 0.5 || fact.times > 0.5 || fact.spaces < 0.5);
}

function sureOfName(name: string, facts: readonly ColumnFacts[], column: number): number {
  if (nameRank('message', name) < SURE_MESSAGE_NAMES) return 1;
  const own = facts[column];
  // Text that few entries have is the trace of an error, not what all of them say.
  return facts.some((fact, other) => other !== column && fact.spaces > 2 * own.spaces + 1 && fact.filled > 0.5 * own.filled) ? 0.4 : 0.8;
}

/** The longest free text is the message. Sets roles.message and returns how sure that is. */
function byContent(roles: Record<Role, number>, facts: readonly ColumnFacts[], taken: (column: number) => boolean): number {
  const texts = facts.map((fact, column) => ({ fact, column }))
    .filter(({ fact, column }) => !taken(column) && fact.filled > 0 && fact.numbers < 0.5 && fact.times < 0.5 && fact.spaces >= 0.5)
    .sort((a, b) => b.fact.spaces * 8 + b.fact.length - a.fact.spaces * 8 - a.fact.length);
  if (texts.length === 0) {
    if (facts.length === 1 && facts[0].filled > 0 && facts[0].numbers < 0.5) roles.message = 0;
    return roles.message === 0 ? 0.6 : 0;
  }
  roles.message = texts[0].column;
  return texts.length === 1 || texts[0].fact.length >= 2 * texts[1].fact.length ? 0.7 : 0.4;
}

function columnFacts(rows: readonly (readonly string[])[], column: number, year: number): ColumnFacts {
  const stamps = new Stamps(year, false);
  const encoder = new TextEncoder();
  const values = new Set<string>();
  const sum = { length: 0, spaces: 0, times: 0, levels: 0, numbers: 0, filled: 0 };
  for (const row of rows) {
    const cell = (row[column] ?? '').trim();
    if (cell === '') continue;
    sum.filled++;
    values.add(cell);
    sum.length += cell.length;
    sum.spaces += cell.split(' ').length - 1;
    const bytes = encoder.encode(cell);
    if (!Number.isNaN(stamps.whole(bytes, 0, bytes.length)) && stamps.end >= bytes.length - 1) sum.times++;
    if (levelOf(bytes, 0, bytes.length) > 0) sum.levels++;
    if (/^[-+]?[\d.,]+%?$/.test(cell)) sum.numbers++;
  }
  const per = Math.max(1, sum.filled);
  return { length: sum.length / per, spaces: sum.spaces / per, times: sum.times / per, levels: sum.levels / per, numbers: sum.numbers / per, distinct: values.size, filled: sum.filled };
}
