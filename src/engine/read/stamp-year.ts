/** In days of months of 31. */
const YEAR = 372;
const HALF_YEAR = 186;
/** An entry that comes late is so many days late at most. */
const LATE = 7;

/**
 * Years of stamps that name none. Logs go on over New Year, so each has the year that puts it nearest to the stamp before;
 * of the year assumed for the file and those after it, but for entries that come a few days late just after New Year.
 * Depends on the order of stamps: entries keep the time that they were given when the file was read from its start.
 */
export class YearGuess {
  private year: number;
  private readonly firstYear: number;
  /** Day of the last stamp, as month · 31 + day; 0 before the first. */
  private lastDay = 0;
  private keptYear: number;
  private keptDay = 0;

  constructor(year: number) {
    this.year = this.firstYear = this.keptYear = year;
  }

  /** Year of the next stamp, by its month and day. */
  of(month: number, day: number): number {
    if (month < 1 || month > 12 || day < 1 || day > 31) return this.year;
    const place = month * 31 + day;
    const ahead = this.lastDay === 0 ? 0 : place - this.lastDay;
    this.lastDay = place;
    if (ahead < -HALF_YEAR) this.year++;
    else if (ahead > HALF_YEAR && (this.year > this.firstYear || ahead >= YEAR - LATE)) this.year--;
    return this.year;
  }

  /** Notes where the guess stands, so that lines may be read again. */
  keep(): void {
    this.keptYear = this.year;
    this.keptDay = this.lastDay;
  }

  /** Forgets the stamps since the last `keep`. */
  goBack(): void {
    this.year = this.keptYear;
    this.lastDay = this.keptDay;
  }

  /** Year of the last stamp. */
  get now(): number {
    return this.year;
  }
}
