import { afterEach, expect, test, vi } from 'vitest';
import { openSaver } from '../../src/bridge/save-file.ts';

/** A save dialog whose file fails in the given way when it is written to. */
function dialogThatFails(error: Error): { aborted: () => boolean } {
  let aborted = false;
  const stream = { write: () => Promise.reject(error), close: () => Promise.reject(error), abort: () => ((aborted = true), Promise.resolve()) };
  vi.stubGlobal('window', { showSaveFilePicker: () => Promise.resolve({ name: 'out.csv', createWritable: () => Promise.resolve(stream) }) });
  return { aborted: () => aborted };
}

afterEach(() => vi.unstubAllGlobals());

test('a full disk is said in words, with what to do', async () => {
  const dialog = dialogThatFails(new DOMException('quota', 'QuotaExceededError'));
  const saver = await openSaver('out.csv', false);
  await expect(saver.write(new Uint8Array(3))).rejects.toMatchObject({ name: 'storage-full', message: expect.stringContaining('disk is full') });
  await saver.abort();
  expect(dialog.aborted()).toBe(true);
});

test('any other failure names the file and the reason', async () => {
  dialogThatFails(new Error('permission withdrawn'));
  const saver = await openSaver('out.csv', false);
  await expect(saver.close()).rejects.toMatchObject({ name: 'save-failed', message: expect.stringMatching(/out\.csv.*permission withdrawn/) });
});

test('a dialog that is closed stays an AbortError', async () => {
  vi.stubGlobal('window', { showSaveFilePicker: () => Promise.reject(new DOMException('closed', 'AbortError')) });
  await expect(openSaver('out.csv', false)).rejects.toMatchObject({ name: 'AbortError' });
});
