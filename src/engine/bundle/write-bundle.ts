import type { Rule, RuleChanges } from '../../contract/rule.ts';
import type { Lesson } from '../../contract/teach.ts';
import { toBase64 } from './base64.ts';
import { BUNDLE_FORMAT, BUNDLE_VERSION, compareKeys, comparePatternTexts, compareTexts } from './bundle.ts';
import type { Bundle } from './bundle.ts';
import { keyName } from './decode-taught.ts';

/** The file's text. The same content gives the same text, in whatever order it came. */
export function writeBundle(bundle: Bundle): string {
  const { maskVersion, createdAt, madeBy, threshold, categories, rules, lessons, models, modelMode, verdicts, spotCheck, examples } = bundle;
  const head = { format: BUNDLE_FORMAT, version: BUNDLE_VERSION, maskVersion, createdAt, madeBy, threshold };
  const fields: readonly (readonly [string, unknown])[] = [
    ...Object.entries(head),
    ['categories', categories.map(({ name, meaning, colour: { light, dark }, problem }) => ({ name, meaning, colour: { light, dark }, problem }))],
    ['rules', rulesAsWritten(rules)],
    ['lessons', canonicalLessons(lessons).map(({ keys, label, how, teaches }) => ({ label, how, teaches, keys: keys.map(({ text, level, http, rule }) => ({ text, level, http, rule })) }))],
    ['modelMode', modelMode],
    ['models', models.map(({ name, classes, sha256, onnx }) => ({ name, classes, sha256, onnx: toBase64(onnx) }))],
    ['verdicts', [...verdicts].sort(comparePatternTexts).map(({ text, level, label, guess, confidence, by, unsure }) => ({ text, level, label, guess, confidence, by, unsure }))],
    ...(spotCheck === null ? [] : [['spotCheck', spotCheck] as const]),
    ...(examples.length === 0 ? [] : [['examples', [...examples].sort(comparePatternTexts).map(({ text, level, message }) => ({ text, level, message }))] as const]),
  ];
  return `{\n${fields.map(([name, value]) => `${JSON.stringify(name)}: ${Array.isArray(value) ? itemPerLine(value) : JSON.stringify(value)}`).join(',\n')}\n}\n`;
}

/** One line per pattern: two bundles can be compared with any tool that compares lines. */
function itemPerLine(items: readonly unknown[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
}

/** In the order of their first keys. Where two lessons name the same key, the later one keeps it, as in classifying. */
export function canonicalLessons(lessons: readonly Lesson[]): Lesson[] {
  const seen = new Set<string>();
  const kept: Lesson[] = [];
  for (const lesson of [...lessons].reverse()) {
    const keys = lesson.keys.filter((key) => !seen.has(keyName(key)) && seen.add(keyName(key)));
    if (keys.length > 0) kept.push(keys.length === lesson.keys.length ? lesson : { ...lesson, keys });
  }
  return kept.sort((a, b) => compareKeys(a.keys[0], b.keys[0]));
}

function rulesAsWritten({ own, off, splits }: RuleChanges): Record<string, unknown> {
  return {
    own: own.map(({ id, pattern, label, about }) => ({ id, pattern, label, about })),
    off: [...off].sort(compareTexts),
    splits: splits.flatMap(splitAsWritten).sort((a, b) => compareTexts(a.id, b.id)),
  };
}

/** Its words follow from its part. */
function splitAsWritten({ id, label, part }: Rule): { id: string; label: string; part: unknown }[] {
  if (part === undefined) return [];
  const { text, level, http, where } = part;
  return [{ id, label, part: { text, level, http, where: where.map(({ token, value }) => ({ token, value })) } }];
}
