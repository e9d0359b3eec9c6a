import { sha256 } from 'hash-wasm';
import { MASK_VERSION } from '../../../src/contract/pattern.ts';
import type { KeyId, Lesson } from '../../../src/contract/teach.ts';
import type { Bundle, BundledModel } from '../../../src/engine/bundle/bundle.ts';
import { splitRule } from '../../../src/engine/rules/split-rule.ts';

export function keyOf(text: string, more: Partial<KeyId> = {}): KeyId {
  return { text, level: 0, http: 0, rule: null, ...more };
}

export function lessonOf(label: string, texts: readonly string[], more: Partial<Lesson> = {}): Lesson {
  return { keys: texts.map((text) => keyOf(text)), label, how: 'corrected', teaches: true, ...more };
}

/** A bundle with nothing in it. */
export const EMPTY: Bundle = {
  maskVersion: MASK_VERSION, createdAt: '2025-03-01T10:00:00.000Z', madeBy: '0.1.0', threshold: 0.5,
  categories: [], rules: { own: [], off: [], splits: [] }, lessons: [], models: [], modelMode: 'add', verdicts: [], spotCheck: null, examples: [],
};

export async function modelOf(name: string, bytes: readonly number[] = [8, 7, 18, 0]): Promise<BundledModel> {
  const onnx = Uint8Array.from(bytes);
  return { name, classes: ['Error', 'Fraud'], sha256: await sha256(onnx), onnx };
}

/** A bundle with something of everything, in canonical order. */
export async function fullBundle(): Promise<Bundle> {
  return {
    ...EMPTY, threshold: 0.55,
    categories: [{ name: 'Fraud', meaning: 'Money that\nis not there', colour: { light: '#0b7285', dark: '#3bc9db' }, problem: true }, { name: 'Ключ 🗝️', meaning: '', colour: { light: '#5f3dc4', dark: '#b197fc' }, problem: false }],
    rules: {
      own: [{ id: 'own-chargeback', pattern: '\\bcharge-?back\\b', label: 'Fraud', about: 'a charge-back', origin: 'own' }],
      off: ['cron-session', 'sshd-accepted'],
      splits: [splitRule({ text: 'backup of <*> done', level: 3, http: 0, where: [{ token: 2, value: 'ledger' }] }, 'Error')],
    },
    lessons: [
      { keys: [keyOf('order <num> refused', { level: 6 }), keyOf('order <num> turned down', { level: 6, rule: '' })], label: 'Fraud', how: 'corrected', teaches: true },
      { keys: [keyOf('user \u0000 "<*>" \\ said', { http: 4, rule: 'own-chargeback' })], label: 'User Action', how: 'confirmed', teaches: false },
    ],
    models: [await modelOf('mine')], modelMode: 'replace',
    verdicts: [
      { text: 'disk <num> slow', level: 0, label: 'Unclassified', guess: 'Resource Usage', confidence: Math.fround(0.31), by: 'none', unsure: 'unsure' },
      { text: 'disk <num> slow', level: 5, label: 'Resource Usage', guess: 'Resource Usage', confidence: Math.fround(0.93), by: 'model', unsure: '' },
    ],
    spotCheck: { correct: 48, judged: 50, low: 0.86, high: 0.99, seed: 7, date: '2025-03-01T09:00:00Z' },
    examples: [{ text: 'order <num> refused', level: 6, message: 'order 4711 refused' }],
  };
}
