import { describe, expect, it } from 'vitest';
import { CATEGORY_NAMES } from '../../../src/contract/category.ts';
import { EXAMPLE_LENGTH, readExamples, writeExamples } from '../../../src/engine/classify/examples.ts';

const [FIRST, SECOND] = CATEGORY_NAMES;
const EXAMPLES = [
  { program: 'nginx', message: 'open() "/x" failed', label: FIRST },
  { program: 'nginx', message: 'worker process 7 exited', label: SECOND },
  { program: 'sshd', message: 'Connection closed', label: SECOND },
  { program: 'nginx', message: 'signal process started', label: FIRST },
];
const LABELS = [0, 1, 1, 0];
const read = (text: string, labels = LABELS) => readExamples(new TextEncoder().encode(text), labels, CATEGORY_NAMES);

describe('file of examples', () => {
  it('comes back as written', () => {
    expect(read(writeExamples(EXAMPLES))).toEqual(EXAMPLES);
  });

  it('cuts messages between characters and keeps them on one line', () => {
    const [long, broken] = read(writeExamples([{ ...EXAMPLES[0], message: '🙂'.repeat(500) }, { ...EXAMPLES[1], message: 'a\r\nb' }]), [0, 1]);
    expect([...long.message]).toEqual(Array<string>(EXAMPLE_LENGTH).fill('🙂'));
    expect(broken.message).toBe('a b');
  });

  it.each([
    ['has too few messages', writeExamples(EXAMPLES.slice(1))],
    ['is of another form', JSON.stringify({ programs: ['nginx'], messages: ['a', 'b', 'c', 'd'], program: [0, 0, 0, 0] })],
    ['does not say whose all messages are', JSON.stringify({ programs: ['nginx'], messages: 'a\nb\nc\nd', runs: [0, 3] })],
  ])('is refused where it %s', (_, text) => {
    expect(() => read(text)).toThrow(/does not fit/);
  });
});
