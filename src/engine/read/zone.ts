import { Failure } from '../../contract/failure.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Days of which the offsets are kept; logs that reach over more are rare, and forgetting costs only time. */
const DAYS_KEPT = 4096;

/** Offsets of one local day: `before` up to the local time `turn`, `after` from there on. Most days have no turn. */
interface DayRule {
  readonly before: number;
  readonly after: number;
  readonly turn: number;
}

/**
 * A time zone of the IANA database, as the browser knows it: wall-clock time to UTC. Where clocks were put forward, a time that
 * did not exist is read as if they had not been (02:30 becomes 03:30); where they were put back, an ambiguous time is the
 * first of the two. (As java.time and Temporal's 'compatible' do.)
 */
export class Zone {
  readonly name: string;
  private readonly parts: Intl.DateTimeFormat;
  private readonly days = new Map<number, DayRule>();
  private lastDay = NaN;
  private rule: DayRule = { before: 0, after: 0, turn: -Infinity };

  /** @throws RangeError where there is no such zone */
  constructor(name: string) {
    this.name = name;
    this.parts = new Intl.DateTimeFormat('en-US', {
      timeZone: name, calendar: 'gregory', hourCycle: 'h23', era: 'short',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  }

  /** Epoch ms of a wall-clock time that is given as if it were UTC. A few ns: the offsets of a day are worked out once. */
  toUtc(local: number): number {
    const day = Math.floor(local / DAY_MS);
    if (day !== this.lastDay) {
      if (day !== day) return NaN;
      this.rule = this.ruleOf(day);
      this.lastDay = day;
    }
    return local - (local < this.rule.turn ? this.rule.before : this.rule.after);
  }

  /** Milliseconds by which the zone's clocks are ahead of UTC at an instant. */
  offsetAt(utc: number): number {
    const whole = Math.floor(utc / 1000) * 1000;
    const field: Record<string, number> = {};
    let era = 'AD';
    for (const { type, value } of this.parts.formatToParts(whole)) {
      if (type === 'era') era = value;
      else field[type] = Number(value);
    }
    const wall = new Date(0);
    wall.setUTCFullYear(era.startsWith('B') ? 1 - field['year'] : field['year'], field['month'] - 1, field['day']);
    wall.setUTCHours(field['hour'], field['minute'], field['second']);
    return wall.getTime() - whole;
  }

  private ruleOf(day: number): DayRule {
    const known = this.days.get(day);
    if (known !== undefined) return known;
    if (this.days.size >= DAYS_KEPT) this.days.clear();
    const rule = this.makeRule(day * DAY_MS);
    this.days.set(day, rule);
    return rule;
  }

  /** Offsets are between -12 and +14 hours, so the instants of a local day lie in these 50 hours; clocks turn once in them at most. */
  private makeRule(start: number): DayRule {
    // Beyond what Date can hold nothing is known.
    if (Math.abs(start) > 8.6e15) return { before: 0, after: 0, turn: -Infinity };
    let low = start - 14 * HOUR_MS;
    let high = start + DAY_MS + 12 * HOUR_MS;
    const before = this.offsetAt(low);
    const after = this.offsetAt(high);
    if (before === after) return { before, after, turn: -Infinity };
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (this.offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    return { before, after, turn: high + Math.max(before, after) };
  }
}

const zones = new Map<string, Zone>();
const UTC = /^(?:etc\/)?(?:utc|gmt|uct|zulu|greenwich|universal)$/i;

/** The zone of that name; null for UTC, which costs nothing. @throws Failure 'internal' where there is none */
export function openZone(name: string): Zone | null {
  if (name === 'UTC' || UTC.test(name)) return null;
  let zone = zones.get(name);
  if (zone === undefined) {
    try {
      zone = new Zone(name);
    } catch {
      throw new Failure('internal', `There is no time zone “${name}”. Choose one from the list.`);
    }
    zones.set(name, zone);
  }
  return zone;
}
