import { failureCode } from '../contract/failure.ts';
import type { Alert } from '../contract/view.ts';

/** What went wrong, for `[role=alert]`. An abort is nobody's error and stays silent, here and nowhere else. */
export class Alerts {
  list = $state.raw<readonly Alert[]>([]);
  private next = 1;

  add(error: unknown): void {
    if (error instanceof Error && error.name === 'AbortError') return;
    const message = error instanceof Error ? error.message : String(error);
    if (this.list.some((alert) => alert.message === message)) return;
    this.list = [...this.list, { id: this.next++, code: failureCode(error), message }];
  }

  dismiss(id: number): void {
    this.list = this.list.filter((alert) => alert.id !== id);
  }

  clear(): void {
    this.list = [];
  }
}
