import { afterEach, describe, expect, test, vi } from 'vitest';
import { SETTING_KEYS, forgetSettings, readSetting, settingsBytes, writeSetting } from '../../src/bridge/settings.ts';

/** The browser's storage as two tabs share it. */
function stored(start: Readonly<Record<string, string>> = {}): Map<string, string> {
  const held = new Map(Object.entries(start));
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  });
  return held;
}

/** Storage that is refused, at the first touch or at each use. */
function denied(at: 'touch' | 'use'): void {
  const refuse = (): never => { throw new DOMException('denied', 'SecurityError'); };
  if (at === 'touch') Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: refuse });
  else vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
}

function undo(): void {
  vi.unstubAllGlobals();
}

const DEFAULTS = { theme: 'auto', letterKeys: true, columns: {}, backend: 'wasm', share: false } as const;
const names = Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[];

describe('settings', () => {
  afterEach(undo);

  test('are found again by another tab, and every one of them under a key that is listed', () => {
    const held = stored();
    writeSetting('theme', 'dark');
    writeSetting('letterKeys', false);
    writeSetting('columns', { share: true, level: false });
    writeSetting('backend', 'webgpu');
    writeSetting('share', true);
    expect([readSetting('theme'), readSetting('letterKeys'), readSetting('columns'), readSetting('backend'), readSetting('share')])
      .toEqual(['dark', false, { share: true, level: false }, 'webgpu', true]);
    expect([...held.keys()].sort()).toEqual([...SETTING_KEYS].sort());
    expect(SETTING_KEYS.every((key) => key.startsWith('winnow-'))).toBe(true);
    expect(settingsBytes()).toBe([...held].reduce((sum, [key, value]) => sum + key.length + value.length, 0));
  });

  test('take no room while nothing was chosen, nor where the choice is what the page does anyway', () => {
    const held = stored();
    for (const name of names) writeSetting(name, DEFAULTS[name]);
    writeSetting('theme', 'light');
    expect([...held]).toEqual([['winnow-theme', 'light']]);
    writeSetting('theme', 'auto');
    expect(held.size).toBe(0);
    expect(settingsBytes()).toBe(0);
  });

  test('are forgotten without touching what other pages of the origin store', () => {
    const held = stored({ 'winnow-theme': 'dark', 'winnow-columns': '+share', theirs: 'kept', 'winnow-old': 'another' });
    forgetSettings();
    expect([...held.keys()].sort()).toEqual(['theirs', 'winnow-old']);
    expect(readSetting('theme')).toBe('auto');
  });

  test.each(['__proto__', 'constructor', '', 'DARK', '"dark"', '<img src=x onerror=alert(1)>', 'null', '{"share":true}', '+__proto__ -constructor +toString', '\u0000', `dark${' '.repeat(10_000)}`])('are what the page does by itself where something else wrote %j', (text) => {
    stored(Object.fromEntries(SETTING_KEYS.map((key) => [key, text])));
    for (const name of names) expect(readSetting(name), name).toEqual(DEFAULTS[name]);
    expect(Object.getPrototypeOf(readSetting('columns'))).toBe(Object.prototype);
  });

  test('of a newer build are passed over one by one', () => {
    stored({ 'winnow-columns': '+share +colour -level ++last' });
    expect(readSetting('columns')).toEqual({ share: true, level: false });
    stored({ 'winnow-columns': `+share ${'-level '.repeat(300)}` });
    expect(readSetting('columns')).toEqual({});
  });

  test.each(['touch', 'use'] as const)('last for one visit where storage is denied at each %s: nothing is thrown', (at) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
    denied(at);
    try {
      for (const name of names) {
        expect(() => writeSetting(name, DEFAULTS[name])).not.toThrow();
        expect(readSetting(name)).toEqual(DEFAULTS[name]);
      }
      writeSetting('theme', 'dark');
      expect(settingsBytes()).toBe(0);
      expect(forgetSettings).not.toThrow();
    } finally {
      if (at === 'touch') before === undefined ? Reflect.deleteProperty(globalThis, 'localStorage') : Object.defineProperty(globalThis, 'localStorage', before);
    }
  });

  test('that do not fit any more do not stop the page', () => {
    stored();
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); }, removeItem: () => undefined });
    expect(() => writeSetting('theme', 'dark')).not.toThrow();
  });
});
