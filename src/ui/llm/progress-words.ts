import type { LlmProgress } from '../../session/llm/language-model.ts';
import { bytes, count, plural } from '../format.ts';

/** "412 MB of 1.20 GB", "37 %", "3 of 37 patterns"; '' where nothing can be told yet. */
export function amountWords({ done, total, unit }: LlmProgress): string {
  if (unit === 'percent') return total > 0 ? `${Math.floor((100 * done) / total)} %` : '';
  if (unit === 'bytes') return total > 0 ? `${bytes(done)} of ${bytes(total)}` : bytes(done);
  return total > 0 ? `${count(done)} of ${plural(total, unit.slice(0, -1))}` : count(done);
}

/** "8.2 MB a second"; '' where nobody knows, or where time left says enough. */
export function rateWords({ done, total, unit, left }: LlmProgress): string {
  return unit === 'bytes' && left > 0 && total > done ? `${bytes((total - done) / left)} a second` : '';
}
