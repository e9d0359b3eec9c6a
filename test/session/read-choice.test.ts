import { describe, expect, test } from 'vitest';
import type { SniffAsk, Sniffed } from '../../src/contract/reader-api.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import { inputName, readLike, withReadChoice } from '../../src/session/read-choice.ts';
import type { Input } from '../../src/session/read-choice.ts';

const service = new ReaderService();
const sniff = (file: File, ask: SniffAsk): Promise<Sniffed> => service.sniff(file, ask);

async function opened(files: Readonly<Record<string, string>>): Promise<Input[]> {
  return Promise.all(Object.entries(files).map(async ([name, text]) => {
    const file = new File([text], name, { lastModified: Date.UTC(2024, 5, 1) });
    return { ...(await sniff(file, {})), file };
  }));
}

const SYSLOG = 'Jan  2 03:04:05 web1 cron[1]: job started\nJan  2 03:04:06 web1 cron[1]: job ended\n';

describe('a choice of how files are read', () => {
  test('of another format has those that are read alike looked at again, and no others', async () => {
    const inputs = await opened({ 'a.csv': 'source,log_message\nCRM,one\nERP,two\n', 'b.csv': 'source,log_message\nHR,three\nHR,four\n', 'c.log': SYSLOG });
    const asked: string[] = [];
    const chosen = await sniff(inputs[0].file, { format: 'lines' });
    const { inputs: next, refused } = await withReadChoice(inputs, { at: 0, ...chosen, base: chosen.dialect, everywhere: true }, (file, ask) => {
      asked.push(`${file.name} ${ask.format}`);
      return sniff(file, ask);
    });
    expect(asked).toEqual(['b.csv lines']);
    expect(refused).toEqual([]);
    expect(next.map(({ dialect }) => dialect.format)).toEqual(['lines', 'lines', inputs[2].dialect.format]);
    expect(next[2].dialect).toEqual(inputs[2].dialect);
  });

  test('of a zone holds for all files, or only for the one', async () => {
    const inputs = await opened({ 'a.csv': 'time,log_message\n2024-01-02 03:04:05,one\n2024-01-02 03:04:06,two\n', 'c.log': SYSLOG });
    const choice = { at: 0, ...inputs[0], base: inputs[0].dialect, dialect: { ...inputs[0].dialect, zone: 'Asia/Tokyo' } };
    const zones = async (everywhere: boolean): Promise<string[]> => (await withReadChoice(inputs, { ...choice, everywhere }, sniff)).inputs.map(({ dialect }) => dialect.zone);
    expect(await zones(true)).toEqual(['Asia/Tokyo', 'Asia/Tokyo']);
    expect(await zones(false)).toEqual(['Asia/Tokyo', 'UTC']);
  });

  test('leaves a file as it was that cannot be read so, and says why', async () => {
    const inputs = await opened({ 'a.log': SYSLOG, 'b.log': SYSLOG });
    const { inputs: next, refused } = await withReadChoice(inputs, { at: 0, ...inputs[0], base: inputs[0].dialect, dialect: { ...inputs[0].dialect, format: 'lines', encoding: 'utf-16le' }, everywhere: true }, () => Promise.reject(new Error('gone')));
    expect(next[1]).toBe(inputs[1]);
    expect(refused).toEqual([new Error('gone')]);
  });
});

test('a file within an archive is named with it', () => {
  expect(inputName({ name: 'export.zip' }, 'logs/app.log')).toBe('export.zip › logs/app.log');
  expect(inputName({ name: 'app.log' }, '')).toBe('app.log');
});

describe('a further file', () => {
  test('is read in the format, encoding, columns and zone that a person chose for one like it', async () => {
    const [open, further, other] = await opened({ 'a.csv': 'when,what\n2024-01-02 03:04:05,one\n2024-01-02 03:04:06,two\n', 'b.csv': 'when,what\n2024-01-03 03:04:05,three\n2024-01-03 03:04:06,four\n', 'c.log': SYSLOG });
    const forced = await sniff(open.file, { format: 'csv', encoding: 'windows-1252' });
    const chosen = { ...open, dialect: { ...forced.dialect, zone: 'Asia/Tokyo', roles: { ...forced.dialect.roles, source: 1 }, sure: 1 } };
    expect((await readLike(further, [chosen], sniff)).dialect).toMatchObject({ encoding: 'windows-1252', zone: 'Asia/Tokyo', roles: { source: 1 }, sure: 1 });
    const lines = { ...open, dialect: (await sniff(open.file, { format: 'lines' })).dialect };
    expect((await readLike(further, [other, lines], sniff)).dialect.format).toBe('lines');
    expect(await readLike(other, [lines], sniff)).toBe(other);
    expect(await readLike(further, [open], sniff)).toBe(further);
  });

  test('stays as it is where it cannot be read so', async () => {
    const [open, further] = await opened({ 'a.log': SYSLOG, 'b.log': SYSLOG });
    const lines = { ...open, dialect: (await sniff(open.file, { format: 'plain' })).dialect };
    expect(await readLike(further, [lines], (file, ask) => (file === further.file ? Promise.reject(new Error('gone')) : sniff(file, ask)))).toBe(further);
  });
});
