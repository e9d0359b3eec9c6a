import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { closeBrowser, downloadCsv, drop, openPage, untilStage, words } from './page.ts';
import type { OpenPage } from './page.ts';

const CLASSIC = [
  'source,log_message',
  'ModernCRM,User User8431 logged in.',
  'ModernHR,Admin access escalation detected for user 4417',
  'BillingSystem,"Backup completed successfully, 3 files"',
  'AnalyticsEngine,"System crashed due to ""disk I/O"" failure on node-12"',
  'ModernCRM,GET /v2/servers/detail HTTP/1.1 RCODE 200 len: 1893 time: 0.2675',
  'LegacyCRM,"Case escalation for ticket ID 7324 failed because the assigned agent is no longer active."',
  'ThirdPartyAPI,"Exception in thread main\njava.lang.IllegalStateException: no session\n\tat example.Main.run(Main.java:31)"',
  'LegacyCRM,"The \'BulkEmailSender\' feature will be deprecated in v5.0, use \'EmailCampaignManager\'"',
].join('\r\n') + '\r\n';

const RECORDS = 8;
const COLUMNS = 'target_label,confidence,decided_by';
/** A label, a confidence and a decider at the end of a record. */
const VERDICT = /,"?[A-Z][A-Za-z ]+"?,(?:0(?:\.\d+)?|1(?:\.0+)?),(?:person|rule|model|llm|none)$/;

/** The records of an export of CLASSIC: none of its quoted line breaks is CRLF. */
function records(bytes: Buffer): string[] {
  return bytes.toString('utf8').split('\r\n').filter((record) => record !== '');
}

let opened: OpenPage | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

afterAll(closeBrowser);

describe.each([['the root', 'site'], ['a sub-path', 'subPathSite']] as const)('the built page below %s', (_where, site) => {
  test('starts empty and says what to do, without an error', async () => {
    opened = await openPage(inject(site));
    await untilStage(opened.page, 'empty');
    expect(await opened.page.getByRole('button', { name: 'Try a sample' }).count()).toBe(1);
    expect(await words(opened.page, 'alert')).toBe('');
    expect(opened.errors).toEqual([]);
  });

  test('labels a dropped file and gives it back whole', async () => {
    opened = await openPage(`${inject(site)}?save=download`);
    await untilStage(opened.page, 'empty');
    await drop(opened.page, { name: 'classic.csv', mimeType: 'text/csv', bytes: CLASSIC });
    await untilStage(opened.page, 'ready');
    const out = records((await downloadCsv(opened.page)).bytes);
    const original = records(Buffer.from(CLASSIC));
    expect(out).toHaveLength(RECORDS + 1);
    expect(out[0]).toBe(`${original[0]},${COLUMNS}`);
    for (const [index, record] of out.entries()) {
      expect(record.startsWith(`${original[index]},`), `record ${index} keeps its bytes: ${record}`).toBe(true);
      if (index > 0) expect(record.slice(original[index]!.length)).toMatch(VERDICT);
    }
    expect(opened.strays()).toEqual([]);
    expect(opened.errors).toEqual([]);
    await opened.page.getByRole('contentinfo').getByText(/To other sites: 0\. From this site: \d+ downloads, \d+ MB \(program and model\)\. Sent: 0 bytes\./).waitFor({ timeout: 5000 });
  });
});
