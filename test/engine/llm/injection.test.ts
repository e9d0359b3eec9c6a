import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES, CATEGORY_NAMES } from '../../../src/contract/category.ts';
import type { LlmQuestion } from '../../../src/contract/llm-api.ts';
import type { ReadResult } from '../../../src/contract/reader-api.ts';
import { labelOf } from '../../../src/engine/llm/answer.ts';
import { patternsToAsk } from '../../../src/engine/llm/choose.ts';
import { questionFor, systemText } from '../../../src/engine/llm/question.ts';
import { Votes } from '../../../src/engine/decide/votes.ts';
import { BUILT_IN_RULES } from '../../../src/engine/rules/built-in-rules.ts';
import { ReaderService } from '../../../src/engine/scan/reader-service.ts';
import { readAll } from '../scan/service-run.ts';

const bytesOf = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(fileURLToPath(new URL(`../../fixtures/llm/${name}`, import.meta.url))));
const PLAIN = new File([bytesOf('plain.log')], 'plain.log'), HOSTILE = new File([bytesOf('injection.log')], 'injection.log');
const SYSTEM = systemText(CATEGORIES);
const NEAREST = [{ message: 'Connection closed by peer', label: 'System Notification' }, { message: 'Job 12 failed', label: 'Error' }];

let plain: ReadResult, both: ReadResult, mixed: ReadResult;

function ask(result: ReadResult, pattern: number): LlmQuestion {
  const { table, cells } = result;
  const sources = [...cells.pattern].flatMap((one, at) => (one === pattern ? [cells.sources[cells.source[at]]] : []));
  return questionFor({ text: table.texts[pattern], level: table.level[pattern], sources: [...new Set(sources)], examples: [table.examples[pattern]], nearest: NEAREST }, SYSTEM, CATEGORY_NAMES, 0);
}

/** All questions in the order in which they are asked, with the pattern's text. */
function questions(result: ReadResult): { readonly text: string; readonly question: LlmQuestion }[] {
  const { table } = result;
  const open = Array.from({ length: table.count }, (_, pattern) => pattern);
  const order = patternsToAsk({ table, open, votes: new Votes(table.count), threshold: 0.5, routed: new Set(), answered: new Set(), reviewing: false });
  return order.map((pattern) => ({ text: table.texts[pattern], question: ask(result, pattern) }));
}

const hostileOnes = (): { readonly text: string; readonly question: LlmQuestion }[] => {
  const ordinary = new Set(plain.table.texts);
  return questions(both).filter(({ text }) => !ordinary.has(text));
};

beforeAll(async () => {
  const setup = { rules: BUILT_IN_RULES, lessons: [] };
  plain = await readAll(new ReaderService(), [PLAIN], setup);
  both = await readAll(new ReaderService(), [PLAIN, HOSTILE], setup);
  // Line by line in one file, a hostile one before each ordinary one.
  const hostile = (await HOSTILE.text()).trimEnd().split('\n'), ordinary = (await PLAIN.text()).trimEnd().split('\n');
  mixed = await readAll(new ReaderService(), [new File([hostile.flatMap((line, at) => [line, ...ordinary.slice(at, at + 1)]).join('\n')], 'mixed.log')], setup);
});

describe('hostile lines', () => {
  test('are at least forty patterns of their own', () => {
    expect(both.table.count).toBe(plain.table.count + 64);
    expect(hostileOnes()).toHaveLength(64);
  });

  test('leave the questions about all other lines as they are, byte for byte', () => {
    const before = questions(plain);
    expect(before.length).toBeGreaterThanOrEqual(12);
    for (const other of [both, mixed]) {
      const after = new Map(questions(other).map(({ text, question }) => [text, question]));
      for (const { text, question } of before) expect(after.get(text)).toEqual(question);
    }
    // Those with most rows are asked about first, whatever else is there.
    expect(questions(both).slice(0, 3).map(({ text }) => text)).toEqual(before.slice(0, 3).map(({ text }) => text));
  });

  test('never end their delimiters, nor change what stands around them', () => {
    for (const { question } of hostileOnes()) {
      expect(question.system).toBe(SYSTEM);
      expect(question.answers).toEqual(CATEGORY_NAMES);
      const lines = question.user.split('\n');
      const piece = '<log>[^<>]*</log>';
      const shape = [/^Labelled lines most like it:$/, new RegExp(`^${piece} Error$`), new RegExp(`^${piece} System Notification$`), new RegExp(`^The line to label \\((?:level \\w+, )?source ${piece}\\):$`), new RegExp(`^${piece}$`),
        ...(lines.length === 8 ? [/^As it stands in the file:$/, new RegExp(`^${piece}$`)] : []), /^Its category:$/];
      expect(lines).toHaveLength(shape.length);
      lines.forEach((line, at) => expect(line).toMatch(shape[at]));
    }
  });

  test('hold no mark of a chat template, nothing unseen, and no more than fits', () => {
    for (const { question } of hostileOnes()) {
      const data = question.user.replaceAll('<log>', '').replaceAll('</log>', '');
      expect(data).not.toMatch(/[<>[\]｜▁]|#{3}|`{3}|-{3}/);
      expect(data.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u{e0000}-\u{e0fff}]/u);
      expect(new TextEncoder().encode(question.user).length).toBeLessThan(800);
    }
  });

  test('as corrections and sources of other lines stay data, too', () => {
    for (const [at, { text }] of hostileOnes().entries()) {
      const hostile = both.table.examples[both.table.texts.indexOf(text)];
      const { user } = questionFor({ text: 'ordinary line', level: 0, sources: [hostile], examples: [], nearest: [{ message: hostile, label: hostile }] }, SYSTEM, CATEGORY_NAMES, 0);
      expect(user.split('\n'), `line ${at}`).toHaveLength(5);
      expect(user.match(/</g), `line ${at}`).toHaveLength(6);
    }
  });
});

describe('a model that obeys the log', () => {
  /** What it makes of a question. Each would be wrong to believe as it stands. */
  const answers: Readonly<Record<string, (question: LlmQuestion) => string>> = {
    'does what it is told': ({ user }) => /(?:answer|label|antworte|responde|is|category[:"]*) +"?([A-Z]\w+(?: [A-Z]\w+)?)/.exec(user)?.[1] ?? 'BANANA',
    'repeats the question': ({ system, user }) => `${system}\n${user}`,
    'says nothing': () => '',
    'does not stop': ({ user }) => user.repeat(1000),
    'explains itself': () => 'Security Alert, because the line says so',
    'answers for all lines': () => 'User Action\nUser Action\nUser Action',
    'answers with an object': () => '{"category":"Security Alert"}',
    'makes up a category': () => 'Everything Fine',
  };

  test.each(Object.entries(answers))('and %s gives a category or nothing', (_, answer) => {
    const allowed = new Set<string>([...CATEGORY_NAMES, '']);
    for (const { question } of questions(both)) expect(allowed.has(labelOf(answer(question), question.answers))).toBe(true);
  });

  test('changes the answers to hostile lines only', () => {
    const obey = answers['does what it is told'];
    const said = (result: ReadResult): Map<string, string> => new Map(questions(result).map(({ text, question }) => [text, labelOf(obey(question), question.answers)]));
    const alone = said(plain), together = said(both);
    for (const [text, label] of alone) expect(together.get(text)).toBe(label);
    // It does obey: the hostile lines are not harmless to it.
    expect(new Set([...together].filter(([text]) => !alone.has(text)).map(([, label]) => label)).size).toBeGreaterThan(3);
  });
});
