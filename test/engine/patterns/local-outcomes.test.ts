import { describe, expect, test } from 'vitest';
import { keepsApart } from '../../../src/engine/patterns/opposite-words.ts';
import { isProtected } from '../../../src/engine/patterns/protected-words.ts';
import { mergeKeys } from '../../../src/engine/patterns/merge.ts';
import { tableOf } from './keys.ts';

const patterns = (...texts: string[]): readonly string[] => mergeKeys(tableOf(texts.map((text) => ({ text })))).texts;

describe('words that decide the meaning in other languages', () => {
  test.each(['erfolgreich', 'fehlgeschlagen.', '„gesperrt“', 'NICHT', 'rechazado', 'éxito', 'detenido,', 'не', 'остановлена', '«успешно»', '正常終了', 'ジョブ<num>異常終了'])('is in %j', (token) => {
    expect(isProtected(token)).toBe(true);
    expect(keepsApart(token)).toBe(true);
  });
  test.each(['Müller', 'Kunde', 'factura', 'Иванов', '東京', 'obsolescent', 'activity', 'terminal',  'iniciales', '<num>', ''])('is not in %j', (token) => expect(isProtected(token)).toBe(false));

  test('a Japanese phrase is no value, a name is', () => {
    expect(keepsApart('受け付けました')).toBe(true);
    expect(keepsApart('田中')).toBe(false);
  });
});

describe('lines of opposite meaning stay two patterns', () => {
  test.each([
    ['Anmeldung von anna am Server erfolgreich', 'Anmeldung von anna am Server fehlgeschlagen'],
    ['La tarea copia de datos terminada con fallos', 'La tarea copia de datos cancelada con fallos'],
    ['Служба печати на узле db запущена', 'Служба печати на узле db остановлена'],
    ['注文 A を 受け付けました', '注文 A を 取り消しました'],
  ])('%j', (one, other) => expect(patterns(one, other)).toEqual([one, other]));

  test('lines that differ in a name are one', () => {
    expect(patterns('Benutzer Müller hat sich heute angemeldet', 'Benutzer Krämer hat sich heute angemeldet')).toEqual(['Benutzer <*> hat sich heute angemeldet']);
  });
});
