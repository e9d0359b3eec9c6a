import { DOT, LESS, OPEN_BRACKET, SPACE, STAR, TAB, isDigit, isLetter, isUpper } from './ascii.ts';
import type { Entry } from './entry.ts';
import { bracket } from './header-brackets.ts';
import { logcatBrief, logcatLong, logcatTail } from './header-logcat.ts';
import { accessStamp, containerStream, klogStamp, leadingName, phpLevel, priority, redisHeader, rfc5424, rubyHeader, sinceStart } from './header-kinds.ts';
import { logfmtFields } from './header-logfmt.ts';
import { level, name, number, upperCaseRun } from './header-parts.ts';
import { HeaderState } from './header-state.ts';
import { isoSyslogTail, syslogTail } from './header-syslog.ts';
import { Stamps } from './stamps.ts';

/** More parts than this no header has. */
const MOST_PARTS = 12;
const UPPER_P = 80;

/** What kind of header the last line had. */
export type HeaderKind = '' | 'syslog' | 'klog' | 'logcat' | 'logcat-long' | 'redis' | 'access' | 'logfmt' | 'time' | 'level';

/**
 * Splits a log line into time, level, source and message. The message is always a suffix of the line. A line
 * whose first bytes are no header (a stack trace, prose) is all message.
 */
export class LineHeader {
  kind: HeaderKind = '';
  private readonly state: HeaderState;

  constructor(year: number, dayFirst: boolean, zone = 'UTC') {
    this.state = new HeaderState(new Stamps(year, dayFirst, zone));
  }

  /** Notes what the years of times follow from, so that lines may be read again. */
  keepYears(): void {
    this.state.stamps.keepYears();
  }

  /** Forgets the lines since the last `keepYears`. */
  goBack(): void {
    this.state.stamps.goBack();
  }

  /** Fills message, source, level and time of an entry whose span is set. */
  read(entry: Entry): void {
    const { state } = this;
    state.reset(entry);
    this.kind = this.parse();
    entry.text = entry.sourceText = entry.timeText = entry.bytes;
    entry.messageEnd = entry.end;
    entry.messageStart = this.kind === '' || this.kind === 'access' || this.kind === 'logfmt' ? entry.start : state.at;
    entry.sourceStart = state.sourceStart;
    entry.sourceEnd = state.sourceEnd;
    entry.level = state.level;
    entry.time = state.time;
    entry.timeStart = state.timeStart;
    entry.timeEnd = state.timeEnd;
  }

  private parse(): HeaderKind {
    const { state } = this;
    const { bytes, start, end } = state;
    if (start === end || bytes[start] === SPACE || bytes[start] === TAB) return '';
    if (bytes[start] === LESS && priority(state) && rfc5424(state)) return 'syslog';
    if (klogStamp(state)) return 'klog';
    if (redisHeader(state)) return 'redis';
    if (isUpper(bytes[start])) {
      if (logcatBrief(state, start)) return 'logcat';
      if (rubyHeader(state)) return 'time';
    }
    if (bytes[start] === OPEN_BRACKET && logcatLong(state)) return 'logcat-long';
    // Cisco's devices mark a clock that nobody has set.
    if ((bytes[start] === STAR || bytes[start] === DOT) && start + 1 < end && isLetter(bytes[start + 1])) state.at = start + 1;
    const kind = this.parts();
    if (kind !== '') return kind;
    state.restart();
    if (leadingName(state)) {
      const led = this.parts();
      // Where the time is all there is, the name is what the line says: "Start-Date: 2024-01-02  03:04:05".
      if (led !== '' && state.at >= state.end) state.at = start;
      if (led !== '' || state.hasSource) return led === '' ? 'level' : led;
    }
    state.restart();
    if (sinceStart(state)) return 'level';
    state.restart();
    if (accessStamp(state)) return 'access';
    state.restart();
    if (logfmtFields(state)) return 'logfmt';
    state.restart();
    return '';
  }

  /** Takes parts off the front until something is not part of a header. '' if there was neither time nor level. */
  private parts(): HeaderKind {
    const { state } = this;
    let kind: HeaderKind = '';
    for (let part = 0; part < MOST_PARTS && !state.done; part++) {
      state.skipSeparators();
      if (state.at >= state.end) break;
      const from = state.at;
      if (this.stamp()) kind ||= this.afterStamp(from);
      else if (!this.part(from)) break;
    }
    if (!state.timed && state.level === 0) return '';
    if (state.level === 0 && state.bytes[state.at] === UPPER_P) phpLevel(state);
    return kind || (state.timed ? 'time' : 'level');
  }

  private part(at: number): boolean {
    const { state } = this;
    const byte = state.bytes[at];
    if (byte === OPEN_BRACKET) return bracket(state);
    if (state.level === 0 && level(state)) return true;
    if (isDigit(byte) && number(state)) return true;
    return name(state) || upperCaseRun(state) || this.nodeBeforeStamp();
  }

  /** Takes the stamp at `at`, unless it is one too many. */
  private stamp(): boolean {
    const { state } = this;
    const { bytes, at, end, stamps } = state;
    if (state.timed && (state.level > 0 || state.sourceSure)) return false;
    const time = stamps.at(bytes, at, end);
    if (stamps.end === at || (state.timed && Number.isNaN(time))) return false;
    state.setTime(at, stamps.end, time);
    state.at = stamps.end;
    return true;
  }

  /** Takes what syslog, container runtimes and logcat put behind the stamp that starts at `from`. */
  private afterStamp(from: number): HeaderKind {
    const { state } = this;
    const { bytes, stamps } = state;
    if (stamps.yearless && isLetter(bytes[from])) syslogTail(state);
    else if (stamps.iso || (isLetter(bytes[from]) && (isDigit(bytes[from + 4]) || bytes[from + 4] === SPACE) && isDigit(bytes[from + 5]))) {
      if (!containerStream(state)) isoSyslogTail(state);
    } else return state.level === 0 && logcatTail(state) ? 'logcat' : '';
    return state.done ? 'syslog' : '';
  }

  /** After a first stamp, the name of a node that is followed by a further stamp. */
  private nodeBeforeStamp(): boolean {
    return this.state.timed && this.state.level === 0 && leadingName(this.state);
  }
}
