import { describe, expect, it } from 'vitest';
import { foreignShare } from '../../../src/engine/classify/foreign.ts';
import { languageDoubt } from '../../../src/engine/classify/language-doubt.ts';
import { maskMessage } from '../../../src/engine/patterns/mask.ts';
import { readCorpus } from '../../../training/classify/corpus.ts';
import { LANGUAGES, readLanguage } from '../../fixtures/languages/read-language.ts';

describe('how much of a text is not English', () => {
  it.each([
    'Failed password for <str> from <ip> port <num>', 'GET <path> HTTP/<num> 2xx <num>', '<num> <path> <id>', '', 'DES and DER are old, DAS storage too',
    'die in <num> s', 'no space left on device', 'user José logged in from <ip>', 'took <num>µs', 'Samsung Colorado loaded', 'lastErrorCode=<num>', 'the war is on',
  ])('nothing of %j', (text) => expect(foreignShare(text)).toBe(0));

  it.each([
    'Anmeldung fehlgeschlagen für Benutzer <str>', 'No se pudo abrir el archivo', 'не удалось открыть файл', 'ジョブ<num>が失敗しました', '作业<num>失败', '작업 실패', 'Benutzer nicht gefunden',
  ])('most of %j', (text) => expect(foreignShare(text)).toBeGreaterThanOrEqual(0.5));

  it('part of a text in two languages', () => {
    const share = foreignShare('ORA-<num>: ошибка while opening the data file of tablespace users');
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(0.3);
  });

  it('weighs a script without blanks by its length', () => {
    expect(foreignShare('error open file データベースに接続できません')).toBeGreaterThan(foreignShare('error open file 失敗'));
  });

  it('nothing of nearly all of the corpus', () => {
    const { patterns } = readCorpus();
    const some = patterns.filter(({ text }) => foreignShare(text) > 0);
    const doubted = patterns.filter(({ text }) => languageDoubt(text) > 0);
    console.log(`of ${patterns.length} messages of the corpus ${some.length} are not all English, ${doubted.length} so much that it counts`);
    expect(some.length / patterns.length).toBeLessThan(0.01);
    expect(doubted.length / patterns.length).toBeLessThan(0.003);
  });

  it.each(LANGUAGES)('most of the messages of %s, but for those that are not in words', (language) => {
    const shares = readLanguage(language).filter(({ label }) => label !== 'HTTP Status').map(({ message }) => languageDoubt(maskMessage(message)));
    expect(shares.filter((doubt) => doubt > 0.5).length / shares.length).toBeGreaterThan(0.95);
  });
});
