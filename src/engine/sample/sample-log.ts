import { createRandom } from '../train/random.ts';
import type { Random } from '../train/random.ts';
import { EVERYDAY } from './everyday.ts';
import { fill } from './fill.ts';
import { incidents } from './incidents.ts';
import type { Event } from './incidents.ts';

export const SAMPLE_NAME = 'sample.csv';
/** Rows of the sample, without its header. */
export const SAMPLE_ROWS = 20_000;

const SEED = 312;
const DAY = Date.UTC(2025, 2, 14);
/** The night lasts from 00:00 to 06:12. */
const MINUTES = 372;

const NOTICE: Event = [0, 'Sample', 'Start of a made-up sample log: its systems, people and addresses are invented.'];
/** Rows as real files have them, kept as they are: a space before the opening quote, and a comma that no quote protects. */
const SPACED = 77.7;
const RAGGED = 241.5;
const ODD: readonly Event[] = [
  [SPACED, 'ModernCRM', 'IP 192.0.2.133 blocked due to potential attack'],
  [RAGGED, 'LegacyCRM', 'Ticket 7324 reopened by User88, customer called twice'],
];

/**
 * A made-up night of six systems as CSV (`timestamp,source,log_message`): always the same text. It has what a first look at
 * Winnow should find: an outage in BillingSystem from 03:12, a wave of 5xx answers, a brute-force login that succeeds, a disk
 * that fills up, a stack trace over several lines, a ragged row, and lines that a model is likely to get wrong.
 */
export function sampleLog(): string {
  const random = createRandom(SEED);
  const events = [...incidents(random), ...ODD];
  events.push(...everyday(random, SAMPLE_ROWS - 1 - events.length));
  events.sort((a, b) => a[0] - b[0]);
  return `timestamp,source,log_message\n${[NOTICE, ...events].map(record).join('')}`;
}

function everyday(random: Random, count: number): Event[] {
  const total = EVERYDAY.reduce((sum, [weight]) => sum + weight, 0);
  return Array.from({ length: count }, () => {
    const minute = random() * MINUTES;
    let left = random() * total;
    const [, source, template] = EVERYDAY.find(([weight]) => (left -= weight) < 0) ?? EVERYDAY[0];
    return [minute, source, fill(template, random)];
  });
}

function record([minute, source, message]: Event): string {
  const time = new Date(DAY + Math.floor(minute * 60) * 1000).toISOString().replace('.000Z', 'Z');
  if (minute === SPACED) return `${time},${source}, "${message}"\n`;
  if (minute === RAGGED) return `${time},${source},${message}\n`;
  return `${time},${source},${/[",\n]/.test(message) ? `"${message.replaceAll('"', '""')}"` : message}\n`;
}
