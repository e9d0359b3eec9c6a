import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { ROOT } from './built-site.ts';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';
import { rowsOf } from './saved-csv.ts';

const FIXTURES = join(ROOT, 'test', 'fixtures', 'formats');

interface Expected {
  readonly line: string;
  /** ISO, UTC; '' where the entry has none. */
  readonly time: string;
  readonly level: string;
  readonly source: string;
  readonly message: string;
}

/** The table that was checked by hand, in either form. */
function expectationOf(name: string): Expected[] {
  if (name.includes('.')) {
    const { entries } = JSON.parse(readFileSync(join(FIXTURES, `${name}.expected.json`), 'utf8')) as { entries: (Omit<Expected, 'line'> & { line: number })[] };
    return entries.map((entry) => ({ ...entry, line: String(entry.line) }));
  }
  return readFileSync(join(FIXTURES, `${name}.expected.tsv`), 'utf8').trimEnd().split('\n').slice(1).map((row) => {
    const [line = '', time = '', level = '', source = '', message = ''] = row.split('\t');
    return { line, time, level, source, message: message.replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter) };
  });
}

/** One page for all, as for a person who drops one file after another. */
let opened: OpenPage;

beforeAll(async () => {
  opened = await openPage(`${inject('site')}?save=download&raw=1`);
  await untilStage(opened.page, 'empty');
});
afterEach(() => {
  expect(opened.errors).toEqual([]);
  expect(opened.strays()).toEqual([]);
});
afterAll(async () => {
  await opened.close();
  await closeBrowser();
});

async function check(name: string, shown: string): Promise<void> {
  const { page } = opened;
  const file = name.includes('.') ? name : `${name}.log`;
  const expected = expectationOf(name);
  await drop(page, join(FIXTURES, file));
  await page.getByText(file, { exact: true }).first().waitFor();
  await untilStage(page, 'ready');
  expect(await words(page, 'alert')).toBe('');
  await page.getByRole('banner').getByText(`Read as ${shown}`).first().waitFor();
  await page.getByText(new RegExp(`(^|\\D)${expected.length} entries`)).first().waitFor();
  const rows = rowsOf((await downloadCsv(page)).bytes);
  expect(rows.map(({ line, level, source, log_message }) => ({ line, level, source, message: log_message }))).toEqual(expected.map(({ line, level, source, message }) => ({ line, level, source, message })));
  const text = readFileSync(join(FIXTURES, file), 'utf8');
  for (const [at, { line, time }] of expected.entries()) expectTime(rows[at]?.['timestamp'] ?? '', time, text, line);
}

/** Times are saved as written: minutes and seconds are the same in all zones that occur. */
function expectTime(written: string, time: string, text: string, line: string): void {
  if (time === '') expect(written, `line ${line}`).not.toMatch(/\d{4}-\d\d-\d\d|[A-Z][a-z]{2} +\d+ /);
  else {
    expect(text.includes(written), `line ${line}: ${written}`).toBe(true);
    // Seconds, milliseconds or microseconds since 1970.
    const clock = /^\d{10,}/.test(written) ? new Date(Number(written.replace('.', '').padEnd(13, '0').slice(0, 13))).toISOString() : written;
    expect(clock, `line ${line}`).toContain(time.slice(14, 19));
  }
}

test('syslog', async () => {
  await check('syslog-3164', 'Syslog (RFC 3164)');
  await check('syslog-5424', 'Syslog (RFC 5424)');
  await check('journal-short-full', 'journalctl');
});

test('web servers', async () => {
  await check('access-combined', 'Access log (common, combined)');
  await check('nginx-error', 'nginx error log');
  await check('apache-error', 'Apache error log');
});

test('Java and Python', async () => {
  await check('jul', 'java.util.logging');
  await check('log4j1', 'log4j, logback');
  await check('python-basic', 'Python logging');
});

test('logfmt, klog and containers', async () => {
  await check('logfmt-prometheus', 'logfmt');
  await check('klog', 'klog, glog');
  await check('cri', 'Kubernetes (CRI)');
});

test('JSON, Docker and AWS', async () => {
  await check('docker.json', 'Docker');
  await check('pino.ndjson', 'JSON lines');
  await check('cloudtrail-lines.json', 'AWS CloudTrail');
  await check('alb.log', 'AWS load balancer access log');
});

test('Android logcat', async () => {
  await check('logcat-threadtime', 'Android logcat');
  await check('logcat-long', 'Android logcat');
});
