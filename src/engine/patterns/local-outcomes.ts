import { hasHiragana } from './wide-text.ts';

/**
 * Words and beginnings of words that decide what a German, Spanish or Russian line means, as protected-words.ts has them for
 * English: failed, refused, stopped, not … Inflected forms share a beginning, marked by *.
 */
const WORDS = `
nicht kein* ohne erfolgreich* erfolglos* fehlgeschlagen* fehlschlag* fehler* fehlerhaft* gescheitert* erfolgt* abgelehnt* verweigert* zugelassen*
gesperrt* entsperrt* freigegeben* gestartet* gestoppt* beendet* angehalten* fortgesetzt* abgebrochen* abgeschlossen* begonnen* aktiv inaktiv aktiviert* deaktiviert*
angemeldet* abgemeldet* verbunden* getrennt* hergestellt* geöffnet* geschlossen* erreichbar* unerreichbar* verfügbar* gültig* ungültig* abgelaufen*
gefunden* gelöscht* erstellt* angelegt* hinzugefügt* entfernt* geändert* überschritten* unterschritten* voll leer veraltet* bestätigt* storniert* genehmigt* warnung* kritisch*
sin nunca éxito exitos* correctamente fallid* falló fallo* fracasad* fracasó errores erróne* rechazad* denegad* aceptad* permitid* bloquead* desbloquead*
iniciad* detenid* finalizad* terminad* cancelad* abortad* completad* interrumpid* reanudad* activo* activad* inactivo* inactiva* habilitad* deshabilitad* conectad* desconectad*
abiert* cerrad* disponible* indisponible* válid* inválid* caducad* encontrad* eliminad* cread* añadid* modificad* superad* lleno* llena vací* obsoleto* obsoleta* aprobad* anulad* advertencia* crític* conexión desconexión
не без успешно успех* неуспешн* неудач* ошибк* сбой сбоя отказ* отклонен* отклонён* запрещен* запрещён* разрешен* разрешён* принят* заблокирован* разблокирован*
запущен* запуск* остановлен* остановк* завершен* завершён* завершил* прерван* отменен* отменён* начат* возобновлен* приостановлен* активн* неактивн* включен* включён* выключен* отключен* отключён* подключен* подключён*
открыт* закрыт* доступ* недоступ* действител* недействител* истек* истёк* найден* удален* удалён* создан* добавлен* изменен* изменён* превышен* полон пуст* устарел* одобрен* утвержден* предупрежден* критич* работает вошел вошёл вышел
`.split(/\s+/).filter(Boolean);

/** English words that begin alike are in protected-words.ts or decide nothing. */
const SHORTEST = 2;

/** Parts of Japanese words that decide the meaning. */
const JAPANESE = /失敗|成功|正常|異常|開始|終了|停止|起動|完了|中断|中止|拒否|許可|有効|無効|切断|接続|不可|不正|禁止|警告|障害|復旧|超過|不足|満杯|削除|追加|作成|変更|更新|承認|却下|差戻|取消|解除|ロック|エラー|タイムアウト|オン|オフ/;

const BEYOND_ASCII = /[^\u0000-\u007f]/;

/** Whether a token (with whatever punctuation around it) holds a word of another language that decides the meaning. @param ascii its words of ASCII letters, small */
export function decidesLocally(token: string, ascii: readonly string[] | null): boolean {
  if (!BEYOND_ASCII.test(token)) return ascii !== null && ascii.some(decides);
  const words = token.toLowerCase().match(/\p{L}+/gu);
  return words !== null && words.some((word) => decides(word) || JAPANESE.test(word));
}

function decides(word: string): boolean {
  const group = BY_START.get(word.slice(0, 2));
  return group !== undefined && word.length >= SHORTEST && (group.whole.has(word) || group.beginnings.some((beginning) => word.startsWith(beginning)));
}

interface Group {
  readonly whole: Set<string>;
  readonly beginnings: string[];
}

/** By first two letters: nearly every word is told apart without looking at the list. */
const BY_START: ReadonlyMap<string, Group> = groups();

function groups(): Map<string, Group> {
  const by = new Map<string, Group>();
  for (const word of WORDS) {
    const start = word.slice(0, 2);
    let group = by.get(start);
    if (group === undefined) by.set(start, (group = { whole: new Set(), beginnings: [] }));
    if (word.endsWith('*')) group.beginnings.push(word.slice(0, -1));
    else group.whole.add(word);
  }
  return by;
}

/** Whether a token is a Japanese phrase with its verb or particles, never a mere value: a wildcard must not stand for it. */
export function isBentPhrase(token: string): boolean {
  return hasHiragana(token);
}
