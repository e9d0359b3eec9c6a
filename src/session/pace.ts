import type { Progress } from '../contract/view.ts';

/** Younger than this, a stage of work has no meaningful rate (ms). */
const YOUNG_MS = 200;

/** How fast a stage of work goes. */
export class Pace {
  private what: Progress['what'] | '' = '';
  private startedAt = 0;
  private startedWith = 0;

  /** Units per second since the stage began; 0 while that is not known. */
  rate(progress: Progress): number {
    const now = performance.now();
    if (progress.what !== this.what) {
      this.what = progress.what;
      this.startedAt = now;
      this.startedWith = progress.done;
    }
    const elapsed = now - this.startedAt;
    return elapsed < YOUNG_MS ? 0 : ((progress.done - this.startedWith) / elapsed) * 1000;
  }
}
