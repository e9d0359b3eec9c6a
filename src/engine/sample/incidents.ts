import type { Random } from '../train/random.ts';
import { fill } from './fill.ts';

/** One record: minutes since midnight, source, message. */
export type Event = readonly [minute: number, source: string, message: string];

/** `count` lines of one template, spread evenly with some jitter over minutes [from, to). */
function burst(random: Random, from: number, to: number, count: number, source: string, template: string): Event[] {
  const step = (to - from) / count;
  return Array.from({ length: count }, (_, at) => [from + (at + random()) * step, source, fill(template, random)]);
}

/** 03:12: the billing ledger goes away; half an hour later it is back. */
function ledgerOutage(random: Random): Event[] {
  return [
    ...burst(random, 192, 219, 560, 'BillingSystem', 'Critical: ledger database ledger-{n:1-3} is down, all {n:20-40} connections lost'),
    ...burst(random, 192.1, 220, 330, 'BillingSystem', 'Entry {n:100000-999999} could not be written: connection to ledger-{n:1-3} refused'),
    ...burst(random, 193, 220, 210, 'BillingSystem', 'Payment {uuid} rolled back, transaction aborted after {n:5000-30000} ms'),
    ...burst(random, 194, 218, 60, 'BillingSystem', 'Settlement process for batch {n:100-999} aborted at step {n:2-9} of 12'),
    ...burst(random, 220, 221, 3, 'BillingSystem', 'Ledger database ledger-{n:1-3} is reachable again'),
  ];
}

/** 04:24: a partner answers with 5xx for a quarter of an hour. */
function badGateway(random: Random): Event[] {
  return [
    ...burst(random, 264, 279, 420, 'ThirdPartyAPI', 'GET /api/v3/rates/{pick:eur|usd|gbp|sek|inr} HTTP/1.1 status: {pick:502|503|503|504} len: {n:150-180} time: {ms}'),
    ...burst(random, 264, 279, 90, 'ThirdPartyAPI', 'POST /api/v3/webhooks/{n:100-180} HTTP/1.1 status: 503 len: 162 time: {ms}'),
  ];
}

/** 01:47: many failed logins from one address, then one that succeeds, and what it does. */
function bruteForce(random: Random): Event[] {
  const from = 'from 203.0.113.77';
  return [
    ...burst(random, 107, 111.5, 148, 'ModernHR', `Failed password for admin ${from} port {n:30000-60000} ssh2`),
    [111.9, 'ModernHR', fill(`Accepted password for admin ${from} port {n:30000-60000} ssh2`, random)],
    [112.4, 'ModernHR', 'Privilege elevation detected for user admin, role payroll-owner'],
    [113.1, 'ModernHR', `Bulk export of 4812 personnel files by admin ${from}`],
  ];
}

/** From 02:00 a disk fills up, is full at 05:20, and is cleaned at 05:48. */
function fullDisk(random: Random): Event[] {
  const events: Event[] = [];
  for (let minute = 120; minute < 320; minute += 4) {
    events.push([minute, 'AnalyticsEngine', `Disk usage on /var/lib/analytics is ${Math.floor(71 + ((minute - 120) / 200) * 29)} %`]);
  }
  return [
    ...events,
    [320, 'AnalyticsEngine', 'Disk /var/lib/analytics is full: 0 MB of 512000 MB free'],
    ...burst(random, 320, 348, 170, 'AnalyticsEngine', 'Writing segment {hex:8} failed: No space left on device'),
    [348.2, 'AnalyticsEngine', 'Disk cleanup completed successfully, 61240 MB freed'],
    [349, 'AnalyticsEngine', 'Disk usage on /var/lib/analytics is 88 %'],
  ];
}

/** 02:33: an exception with its stack trace, one cell of several lines. */
export const STACK_TRACE = [
  'Unhandled exception in request 7f3c91d0: java.lang.IllegalStateException: rate table "eur" is empty',
  '\tat example.rates.RateTable.find(RateTable.java:118)',
  '\tat example.rates.RateService.quote(RateService.java:64)',
  '\tat example.web.Dispatcher.handle(Dispatcher.java:231)',
  '\tat java.base/java.lang.Thread.run(Thread.java:1583)',
].join('\n');

/** Everything that makes the night eventful, in no order. */
export function incidents(random: Random): Event[] {
  return [...ledgerOutage(random), ...badGateway(random), ...bruteForce(random), ...fullDisk(random), [153.4, 'ThirdPartyAPI', STACK_TRACE]];
}
