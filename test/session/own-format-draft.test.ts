import { describe, expect, test } from 'vitest';
import type { SniffAsk, Sniffed } from '../../src/contract/reader-api.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import { lineTokens } from '../../src/session/line-tokens.ts';
import { OwnFormatDraft } from '../../src/session/own-format-draft.svelte.ts';
import { OwnFormats } from '../../src/session/own-formats.svelte.ts';
import { ReadingDraft } from '../../src/session/reading-draft.svelte.ts';

const service = new ReaderService();
const sniff = (file: File, ask: SniffAsk): Promise<Sniffed> => service.sniff(file, ask);

async function draftOf(name: string, text: string): Promise<ReadingDraft> {
  const file = new File([text], name, { lastModified: Date.UTC(2024, 5, 1) });
  return new ReadingDraft([{ ...(await sniff(file, {})), file }], 0, sniff);
}

const SYSLOG = 'Jan  2 03:04:05 web1 cron[1]: job started\nJan  2 03:04:06 web1 cron[1]: job ended\n';
const ODD = '#1|03.01.2024 04:05:06|pay-svc|!!E|Something broke\n#2|03.01.2024 04:05:07|crm|!!I|All is well\nno such line\n';

describe('the draft of how a file is read', () => {
  test('shows the first entries as they would be read', async () => {
    const draft = await draftOf('a.csv', 'when,service,text\n2024-07-02 03:04:05,CRM,it went wrong\n2024-07-02 03:04:06,ERP,all is well\n');
    expect(draft.changed).toBe(false);
    expect(draft.entries[0]).toMatchObject({ time: Date.UTC(2024, 6, 2, 3, 4, 5), source: 'CRM', message: 'it went wrong' });
    draft.set({ zone: 'Europe/Berlin' });
    expect(draft.changed).toBe(true);
    expect(draft.entries[0].time).toBe(Date.UTC(2024, 6, 2, 1, 4, 5));
  });

  test('cuts other columns where the delimiter or the header is changed', async () => {
    const draft = await draftOf('a.csv', 'source;log_message\nCRM;one, two\nERP;three, four\n');
    draft.setCsv({ header: false });
    expect(draft.dialect.columns).toEqual(['Column 1', 'Column 2']);
    draft.setCsv({ header: true, delimiter: ',' });
    expect(draft.dialect.columns[0]).toBe('source;log_message');
    draft.setCsv({ delimiter: ';' });
    expect(draft.rows).toEqual([['CRM', 'one, two'], ['ERP', 'three, four']]);
    expect(draft.changed).toBe(false);
  });

  test('keeps what was set about times when the format changes', async () => {
    const draft = await draftOf('a.csv', 'time,log_message\n2024-01-02 03:04:05,one\n2024-01-02 03:04:06,two\n');
    draft.set({ zone: 'Asia/Tokyo' });
    await draft.setFormat('lines');
    expect(draft.dialect).toMatchObject({ format: 'lines', zone: 'Asia/Tokyo' });
    expect(draft.entries[0].message).toBe('time,log_message');
  });

  test('guesses a format anew in another encoding, but not one that was chosen', async () => {
    const utf16 = new Uint8Array(Buffer.from(SYSLOG, 'utf16le'));
    const file = new File([utf16], 'a.log', { lastModified: Date.UTC(2024, 5, 1) });
    const draft = new ReadingDraft([{ ...(await sniff(file, { encoding: 'windows-1252' }).catch(() => sniff(file, {}))), file }], 0, sniff);
    await draft.setEncoding('utf-16le');
    const [{ format }] = draft.candidates;
    expect(draft.dialect).toMatchObject({ encoding: 'utf-16le', format });
    expect(draft.entries[0].source).toBe('cron');
    await draft.setFormat('plain');
    await draft.setEncoding('utf-16be');
    expect(draft.dialect).toMatchObject({ encoding: 'utf-16be', format: 'plain' });
  });

  test('reads lines as CSV where the person says so', async () => {
    const draft = await draftOf('a.log', 'just some words here\nand, some more of them\n');
    await draft.setFormat('csv');
    expect(draft.dialect.columns.length).toBeGreaterThan(0);
  });
});

describe('an own format in the making', () => {
  test('says how many lines fit what is marked', async () => {
    const draft = await draftOf('odd.log', ODD);
    await draft.setFormat('custom');
    expect(draft.described).toBe(false);
    const making = new OwnFormatDraft(draft);
    const [line] = making.lines;
    const at = (text: string) => ({ from: line.indexOf(text), to: line.indexOf(text) + text.length });
    making.mark([{ role: 'time', ...at('03.01.2024 04:05:06') }, { role: 'source', ...at('pay-svc') }, { role: 'level', ...at('E') }]);
    expect(making.refused).toBe('');
    expect(making.fit).toMatchObject({ fits: [true, true, false], fitting: 2 });
    expect(draft.entries.map(({ level, source, message }) => [level, source, message])).toEqual([['error', 'pay-svc', 'Something broke'], ['info', 'crm', 'All is well'], ['', '', 'no such line']]);
    making.mark([]);
    expect([making.fit, making.refused, draft.described]).toEqual([null, '', false]);
  });
});

test('a line falls into words, numbers and signs, and a time stamp is one piece', () => {
  const line = 'é#7|03.01.2024 04:05:06|pay-svc E0103';
  expect(lineTokens(line).map(({ from, to }) => line.slice(from, to))).toEqual(['é', '#', '7', '|', '03.01.2024 04:05:06', '|', 'pay', '-', 'svc', ' ', 'E', '0103']);
});

test('own formats go into a file and come back, in place of those of the same name', async () => {
  const first = new OwnFormats();
  first.keep({ name: 'a', lead: '', parts: [{ role: 'message', until: '' }] });
  first.keep({ name: 'b', lead: '#', parts: [{ role: 'message', until: '' }] });
  const second = new OwnFormats();
  second.keep({ name: 'a', lead: 'old', parts: [{ role: 'message', until: '' }] });
  await second.take(new File([first.export()], 'winnow-formats.json'));
  expect(second.list).toEqual(first.list);
  await expect(second.take(new File(['[]'], 'x.json'))).rejects.toMatchObject({ name: 'format-refused' });
  expect(second.list).toEqual(first.list);
});
