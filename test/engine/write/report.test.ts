import { describe, expect, test } from 'vitest';
import { canonicalJson, writeManifest } from '../../../src/engine/write/manifest.ts';
import type { ManifestLlm } from '../../../src/engine/write/manifest.ts';
import { html } from '../../../src/engine/write/report/html.ts';
import { writeReport } from '../../../src/engine/write/report/report.ts';
import { bytes, count, share, span, timeWriter } from '../../../src/ui/format.ts';
import { visibleText } from '../../../src/ui/visible-text.ts';
import { PLAIN_WORDS, madeFacts, madeManifest } from './made-report.ts';

const WORDS = { ...PLAIN_WORDS, visible: visibleText, count, share, bytes, span, timeWriter };
const HOSTILE = '<script>alert(1)</script>"\' onload=x &lt;\u202e\u0000</style>';

describe('a report', () => {
  const text = writeReport(madeFacts('disk <path> full'), WORDS);

  test('says what the page says', () => {
    expect(text).toContain('11 entries, 1970-01-01, 00:00:00–00:03:00 UTC.');
    expect(text).toContain('73 % problems.');
    expect(text).toContain('of 13 lines');
    expect(text).toContain('correct 48 of 50, which means 86–100 %');
    expect(text).toContain('security-relevant lines, not confirmed incidents');
    expect(text).toContain('2 not sure enough: the best guess stays below the threshold; 1 unlike anything that the models know');
    expect(text).toContain('disk &lt;path&gt; full');
    expect(text).toContain('UTC assumed, year 2024 assumed');
    expect(text).toContain(`SHA-256 ${'ab'.repeat(32)}`);
    expect(text).toContain('New or more frequent than in disk &lt;path&gt; full');
  });

  test('holds raw examples, and what could not be read, only where asked', () => {
    expect(text).not.toContain('raw disk');
    expect(text).not.toContain('secret text');
    expect(writeReport(madeFacts('disk <path> full', { examples: true }), WORDS)).toContain('raw disk &lt;path&gt; full');
    expect(writeReport(madeFacts('disk full', { hide: (one) => one.replaceAll('disk', '[own]') }), WORDS)).not.toMatch(/<code class="mono">disk/);
  });

  test('names the language model where one was asked, what it showed on known lines, and what it decided', () => {
    expect(text).not.toContain('Language model');
    const manifest = madeManifest('a.csv');
    const model: ManifestLlm = {
      name: 'Small <1B>', runtime: 'wllama', from: '', files: [], trial: { from: 'corpus', lines: 24, llm: 20, neighbour: 15, vote: 17, seed: 1 },
      believed: true, trusted: false, routed: ['LegacyCRM'], reviewed: false, asked: 9, decided: 7,
    };
    const said = (change: Partial<ManifestLlm>): string => writeReport(madeFacts('disk full', { manifest: { ...manifest, decisions: { ...manifest.decisions, languageModel: { ...model, ...change } } }, hide: (one) => one.replace('Legacy', '*') }), WORDS);
    expect(said({})).toContain('Language model on this computer: Small &lt;1B&gt;. On 24 known lines it was right 20 times, the nearest example 15, the vote 17. It decided 7 of the 9 patterns that it was asked about. Asked before the vote for: *CRM.');
    expect(said({ believed: false, trial: null })).toContain('It was not tried on known lines. Its answers to 9 patterns decided nothing.');
  });

  test('nothing in a log becomes markup, wherever it stands', () => {
    const hostile = writeReport(madeFacts(HOSTILE, { examples: true }), WORDS);
    const tags = (of: string): string[] => [...of.matchAll(/<(\/?[a-z!][a-z0-9]*)/gi)].map(([, tag]) => tag.toLowerCase());
    expect(tags(hostile)).toEqual(tags(writeReport(madeFacts('x', { examples: true }), WORDS)));
    expect(hostile).not.toMatch(/[\u0000\u202e]/);
    expect(hostile).toContain('default-src &#39;none&#39;');
  });

  test('colours that are none are left out', () => {
    expect(writeReport(madeFacts('x'), { ...WORDS, colourOf: () => ({ light: 'red}</style>', dark: '#000000' }) })).not.toContain('red}');
  });
});

test('templates escape text and nothing else', () => {
  expect(html`<b title="${'"&'}">${html`<i>${'<'}</i>`}${[html`1`, html`2`]}${3}</b>`.text).toBe('<b title="&quot;&amp;"><i>&lt;</i>1\n23</b>');
});

describe('a manifest', () => {
  test('is JSON that says how each file was read, and holds no text of the log', () => {
    const written = writeManifest(madeManifest('a.csv'));
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(madeManifest('a.csv'))));
    expect(madeManifest('a.csv').inputs[0]).toMatchObject({ format: 'csv', encoding: 'utf-8', columns: { message: 'message' }, assumedZone: 'UTC', assumedYear: 2024 });
    expect(written).not.toContain('secret text');
    expect(JSON.parse(written)).toMatchObject({ unread: { count: 1, first: [{ file: 'a.csv', line: 7, reason: 'long-row' }] } });
  });

  test('canonical JSON does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: undefined, a: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"a":"x","d":null}]}');
  });
});
