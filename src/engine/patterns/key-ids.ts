import type { HttpClass } from '../../contract/pattern.ts';
import type { Rule } from '../../contract/rule.ts';
import type { KeyId } from '../../contract/teach.ts';
import type { KeyTable } from './key-table.ts';
import { nameOf } from './lesson-book.ts';
import type { Merged } from './merge.ts';

/** Names keys in words that hold in other files. */
export class KeyIds {
  private readonly keys: KeyTable;
  private readonly merged: Merged;
  private readonly rules: readonly Rule[];
  /** By key: 1 where another key differs from it in nothing but the rule. Made when first asked for. */
  private divided: Uint8Array | null = null;

  constructor(keys: KeyTable, merged: Merged, rules: readonly Rule[]) {
    this.keys = keys;
    this.merged = merged;
    this.rules = rules;
  }

  /** The keys of each pattern in order of first row; none for the overflow. */
  of(patterns: readonly number[]): KeyId[][] {
    const { keys, merged } = this;
    const found = new Map<number, KeyId[]>(patterns.map((pattern) => [pattern, []]));
    for (let key = 0; key < keys.count; key++) if (keys.overflow[key] === 0) found.get(merged.patternOf[key])?.push(this.id(key));
    return patterns.map((pattern) => found.get(pattern) as KeyId[]);
  }

  /** Pattern of each key, -1 where there is no such key; where `rule` is null, of the first key of its text, level and HTTP class that no labelled split takes. */
  patternsOf(ids: readonly KeyId[]): Int32Array<ArrayBuffer> {
    const { keys, merged, rules } = this;
    const wanted = new Map<string, number[]>();
    ids.forEach(({ text, level, http, rule }, at) => {
      const name = nameOf(text, level, http, rule);
      const places = wanted.get(name);
      if (places === undefined) wanted.set(name, [at]);
      else places.push(at);
    });
    const found = new Int32Array(ids.length).fill(-1);
    const set = (name: string, key: number): void => {
      for (const at of wanted.get(name) ?? []) if (found[at] < 0) found[at] = merged.patternOf[key];
    };
    for (let key = 0; key < keys.count && wanted.size > 0; key++) {
      if (keys.overflow[key]) continue;
      const text = keys.text(key);
      const rule = keys.rule[key] < 0 ? undefined : rules[keys.rule[key]];
      set(nameOf(text, keys.level[key], keys.http[key], rule?.id ?? ''), key);
      // As in LessonBook: what a person said of a part does not give way to what was said of the whole.
      if (rule?.part === undefined || rule.label === '') set(nameOf(text, keys.level[key], keys.http[key], null), key);
    }
    return found;
  }

  private id(key: number): KeyId {
    const { keys, rules } = this;
    const rule = keys.rule[key] < 0 ? undefined : rules[keys.rule[key]];
    this.divided ??= dividedKeys(keys);
    // A split is never all that its masked text stands for, even where a file has no other lines of it.
    const named = this.divided[key] === 1 || rule?.part !== undefined;
    return { text: keys.text(key), level: keys.level[key], http: keys.http[key] as HttpClass, rule: named ? (rule?.id ?? '') : null };
  }
}

function dividedKeys(keys: KeyTable): Uint8Array {
  const divided = new Uint8Array(keys.count);
  const first = new Map<string, number>();
  for (let key = 0; key < keys.count; key++) {
    if (keys.overflow[key]) continue;
    const name = `${keys.level[key]} ${keys.http[key]} ${keys.text(key)}`;
    const other = first.get(name);
    if (other === undefined) first.set(name, key);
    else if (keys.rule[other] !== keys.rule[key]) divided[other] = divided[key] = 1;
  }
  return divided;
}
