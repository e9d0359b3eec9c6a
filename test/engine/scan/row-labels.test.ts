import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowStore } from '../../../src/engine/patterns/row-store.ts';
import { newEntry } from '../../../src/engine/read/entry.ts';
import type { Entry } from '../../../src/engine/read/entry.ts';
import { RowLabels } from '../../../src/engine/scan/row-labels.ts';

/** An entry whose label stands in the middle of other bytes. */
function labelled(label: string): Entry {
  const text = new TextEncoder().encode(`<${label}>`);
  return { ...newEntry(), labelText: text, labelStart: 1, labelEnd: text.length - 1 };
}

function filled(rows: readonly { readonly key: number; readonly label: string }[]): { labels: RowLabels; store: RowStore } {
  const labels = new RowLabels('target_label');
  const store = new RowStore();
  for (const { key, label } of rows) {
    labels.add(store.count, labelled(label));
    store.append(0, store.count * 10, store.count + 1, key, 0, NaN);
  }
  return { labels, store };
}

test('rows keep their labels, counted by pattern', () => {
  const { labels, store } = filled([{ key: 0, label: 'Error' }, { key: 1, label: '' }, { key: 2, label: 'Größe' }, { key: 2, label: 'Error' }, { key: 0, label: 'Error' }]);
  expect([0, 1, 2, 3, 4, 5, 1e6].map((row) => labels.of(row))).toEqual([0, -1, 1, 0, 0, -1, -1]);
  // Keys 0 and 2 are one pattern.
  expect(labels.truth(store, Uint32Array.of(1, 0, 1))).toEqual({
    column: 'target_label', labels: ['Error', 'Größe'], tooMany: false, pattern: Uint32Array.of(1, 1), label: Uint8Array.of(0, 1), rows: Float64Array.of(3, 1),
  });
});

describe('a column that holds something else', () => {
  test.each([
    ['more values than labels have', Array.from({ length: 300 }, (_, i) => `value ${i}`)],
    ['a text', ['Error', 'long '.repeat(100)]],
  ])('%s', (_, values) => {
    const { labels, store } = filled(values.map((label) => ({ key: 0, label })));
    const truth = labels.truth(store, Uint32Array.of(0));
    expect([truth.tooMany, truth.labels, truth.rows.length, labels.of(0)]).toEqual([true, [], 0, -1]);
  });

  test('as many as there is room for are fine', () => {
    const { labels, store } = filled(Array.from({ length: 600 }, (_, i) => ({ key: 0, label: `value ${i % 254}` })));
    const truth = labels.truth(store, Uint32Array.of(0));
    expect([truth.tooMany, truth.labels.length, labels.of(253), labels.of(254)]).toEqual([false, 254, 253, 0]);
  });
});

test('the same as counting one by one', () => {
  fc.assert(fc.property(fc.array(fc.record({ key: fc.nat(9), label: fc.constantFrom('', 'a', 'b', 'ab', 'é') }), { maxLength: 60 }), fc.array(fc.nat(2_000_000), { minLength: 10, maxLength: 10 }), (rows, patterns) => {
    const { labels, store } = filled(rows);
    const truth = labels.truth(store, Uint32Array.from(patterns));
    const expected = new Map<string, number>();
    for (const { key, label } of rows) if (label !== '') expected.set(`${patterns[key]} ${label}`, (expected.get(`${patterns[key]} ${label}`) ?? 0) + 1);
    expect(new Map(Array.from(truth.rows, (n, i) => [`${truth.pattern[i]} ${truth.labels[truth.label[i]]}`, n]))).toEqual(expected);
    const order = Array.from(truth.pattern, (pattern, i) => pattern * 256 + truth.label[i]);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  }));
});
