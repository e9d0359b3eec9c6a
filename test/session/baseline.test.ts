import { describe, expect, it } from 'vitest';
import { Lane } from '../../src/bridge/lane.ts';
import type { ReaderApi } from '../../src/contract/reader-api.ts';
import { ReaderService } from '../../src/engine/scan/reader-service.ts';
import { Alerts } from '../../src/session/alerts.svelte.ts';
import { BaselineFiles } from '../../src/session/baseline.svelte.ts';
import { Inputs } from '../../src/session/inputs.svelte.ts';
import { sniffFiles } from '../../src/session/read-run.ts';
import type { Reread } from '../../src/session/teaching/teaching.svelte.ts';
import { FakeWorker } from '../bridge/fake-worker.ts';

const csv = (name: string, header = 'when,what,how'): File => new File([`${header}\n${'2026-01-02T03:04:05Z,User 7 logged in,fine\n'.repeat(9)}`], name);
const log = (name: string): File => new File(['2026-01-02T03:04:05Z INFO user 7 logged in\n'.repeat(9)], name);

async function open(files: readonly File[], answer: () => Reread = () => 'done') {
  const reader = new Lane<ReaderApi>('reading', () => new FakeWorker(new ReaderService()) as unknown as Worker);
  const inputs = new Inputs();
  const alerts = new Alerts();
  const read: string[] = [];
  const compared: BaselineFiles = new BaselineFiles({
    reader, inputs, log: alerts,
    again: () => {
      read.push(`again: ${compared.name}`);
      return Promise.resolve(answer());
    },
    afresh: (change) => {
      change();
      read.push(`afresh: ${inputs.files.map(({ name }) => name).join()} | ${compared.name}`);
      return Promise.resolve();
    },
  });
  const { readable, refused } = await sniffFiles(reader, files);
  if (refused.length > 0) throw refused[0];
  inputs.take(readable);
  return { inputs, alerts, compared, read, all: () => compared.with({ files: inputs.files, dialects: inputs.dialects }) };
}

describe('files to compare with', () => {
  it('come after those that are open, as their baseline', async () => {
    const { compared, read, all } = await open([log('today.log')]);
    expect(all().baseline).toBeUndefined();
    await compared.choose([log('yesterday.log')]);
    expect(read).toEqual(['again: yesterday.log']);
    expect(all().files.map(({ name }) => name)).toEqual(['today.log', 'yesterday.log']);
    expect(all().baseline).toEqual([false, true]);
    expect(all().dialects).toHaveLength(2);
    await compared.stop();
    expect(all().baseline).toBeUndefined();
    await compared.stop();
    expect(read).toEqual(['again: yesterday.log', 'again: ']);
  });

  it('stay away where reading was given up', async () => {
    const { compared } = await open([log('today.log')], () => 'given-up');
    await compared.choose([log('yesterday.log')]);
    expect(compared.name).toBe('');
  });

  it('are read by the columns that a person chose for the log', async () => {
    const { inputs, compared, all } = await open([csv('today.csv')]);
    inputs.take(inputs.list.map((one) => ({ ...one, dialect: { ...one.dialect, roles: { ...one.dialect.roles, message: 2 }, sure: 1 } })));
    await compared.choose([csv('yesterday.csv')]);
    expect(all().dialects.map(({ roles }) => roles.message)).toEqual([2, 2]);
  });

  it('are read as is chosen later for the log, and so again when they are put back', async () => {
    const { inputs, compared } = await open([csv('a.csv'), csv('b.csv')]);
    await compared.setAside(1);
    compared.take(compared.inputs.map((one) => ({ ...one, dialect: { ...one.dialect, zone: 'Asia/Tokyo' } })));
    expect(compared.inputs.map(({ dialect }) => dialect.zone)).toEqual(['Asia/Tokyo']);
    await compared.stop();
    expect(inputs.dialects.map(({ zone }) => zone)).toEqual(['UTC', 'Asia/Tokyo']);
  });

  it('are refused with an alert where it is not clear what to read, or nothing can be', async () => {
    const { compared, alerts, read } = await open([log('today.log')]);
    await compared.choose([new File(['id,count,code\n1,2,3\n4,5,6\n'], 'numbers.csv')]);
    await compared.choose([new File([], 'empty.log')]);
    expect(alerts.list.map(({ code }) => code)).toEqual(['no-message-column', 'file-empty']);
    expect([compared.name, read]).toEqual(['', []]);
  });

  it('may be one of the open ones, which then is open no more until it is put back', async () => {
    const { compared, inputs, read } = await open(['a.log', 'b.log', 'c.log'].map(log));
    await compared.setAside(1);
    await compared.setAside(0);
    await compared.setAside(1);
    await compared.stop();
    expect(read).toEqual(['afresh: a.log,c.log | b.log', 'afresh: b.log,c.log | a.log', 'afresh: a.log,b.log | c.log', 'afresh: a.log,b.log,c.log | ']);
    expect(inputs.dialects).toHaveLength(3);
    await compared.setAside(7);
    expect(read).toHaveLength(4);
  });

  it('takes the place of one that was set aside, which is open again', async () => {
    const { compared, read } = await open(['a.log', 'b.log'].map(log));
    await compared.setAside(1);
    await compared.choose([log('other.log')]);
    expect(read.at(-1)).toBe('afresh: a.log,b.log | other.log');
  });
});
