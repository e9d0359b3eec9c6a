/** Calls `run` at most once per interval: at once if it can, else when the interval is over. */
export class Throttle {
  private readonly interval: number;
  private readonly run: () => void;
  private last = -Infinity;
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** @param interval ms */
  constructor(interval: number, run: () => void) {
    this.interval = interval;
    this.run = run;
  }

  request(): void {
    if (this.timer !== null) return;
    const wait = this.last + this.interval - performance.now();
    if (wait <= 0) this.fire();
    else this.timer = setTimeout(() => this.fire(), wait);
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private fire(): void {
    this.timer = null;
    this.run();
    // Measured after the work: a slow run gets as much rest.
    this.last = performance.now();
  }
}
