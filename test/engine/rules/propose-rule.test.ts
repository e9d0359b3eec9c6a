import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskMessage } from '../../../src/engine/patterns/mask.ts';
import { checkRule } from '../../../src/engine/rules/check-rule.ts';
import { proposeRule } from '../../../src/engine/rules/propose-rule.ts';
import { MASKED, STATUSES } from '../patterns/mask-cases.ts';
import { ALL_LINES } from './lines/all-lines.ts';
import { oracle, rule } from './re2-oracle.ts';

const encoder = new TextEncoder();
const matches = (pattern: string, message: string): boolean => oracle([rule(pattern)])(encoder.encode(message)) === 0;
const LINES = [...Object.values(ALL_LINES).flatMap((one) => [...one.matches, ...one.misses]), ...[...Object.values(MASKED).flat(), ...STATUSES].map(([message]) => message)];

describe('a proposed rule', () => {
  it.each([
    ['User User<num> logged in.', 'User User12 logged in.', String.raw`^User User[-+]?[0-9.]+ logged in\.$`],
    ['user <*> (uid=<num>) from <ip>', 'user ann (uid=0) from 10.0.0.1', String.raw`^user \S+ \(uid=[-+]?[0-9.]+\) from [0-9a-f.:]+(?:/[0-9]+)?$`],
    ['"GET <path> HTTP/<num>" 4xx', '"GET /x HTTP/1.1" 404', String.raw`^"GET \S+ HTTP/[-+]?[0-9.]+" 4[0-9]{2}$`],
    ['a b', 'a\tb', String.raw`^a\s+b$`],
    ['a b', ' a b ', 'a b'],
    ['Lauf am <time> fertig', 'Lauf am 3. März 2024 fertig', String.raw`^Lauf am \S.*? fertig$`],
    ['sizes <num> <num> end', 'sizes 1 2 3 4 end', String.raw`^sizes\s+[-+]?[0-9.]+\s+[-+]?[0-9.]+(?s:.*?)\s+end$`],
  ])('for %j', (text, example, expected) => expect(proposeRule(text, [example])).toBe(expected));

  it('takes in other values and leaves other words alone', () => {
    const pattern = proposeRule('disk <*> failed after <num> hours', ['disk sda failed after 3 hours', 'disk sdb failed after 4.5 hours']) ?? '';
    expect(matches(pattern, 'disk nvme0 failed after 77 hours')).toBe(true);
    expect(matches(pattern, 'disk sda failed before 3 hours')).toBe(false);
    expect(matches(pattern, 'the disk sda failed after 3 hours')).toBe(false);
  });

  it('uses less of the text where an example is cut', () => {
    const pattern = proposeRule('one two three four five six seven', ['one two three fo…']) ?? '';
    expect(pattern).not.toBe('');
    expect(matches(pattern, 'one two three four five six seven')).toBe(true);
  });

  it('is none where nothing fits', () => expect(proposeRule('alpha beta', ['gamma'])).toBeNull());

  it('matches every line that it is made of, and can be used', () => {
    for (const line of LINES) {
      const pattern = proposeRule(maskMessage(line), [line]);
      if (maskMessage(line) === '') continue;
      expect([line, pattern !== null && matches(pattern, line)]).toEqual([line, true]);
      expect(checkRule({ id: 'mine', pattern: pattern ?? '', label: 'Error', about: '' })).toBeNull();
    }
  });

  it('matches any line that it is made of', () => {
    const bit = fc.constantFrom('1', '-2.5', 'a.b', '(x)', '[y]', '{2}', '$', '^', '|', '\\', '*', '+?', "'v1'", '/a/b', '10.0.0.1', 'é', '0x1f', 'a@b.org', '12:00:00', 'x7Kq29Zp', ' ', ' ', ', ', '"');
    fc.assert(fc.property(fc.array(bit, { minLength: 1, maxLength: 14 }).map((bits) => `w ${bits.join('')}`), (line) => {
      const pattern = proposeRule(maskMessage(line), [line]);
      expect(pattern !== null && matches(pattern, line)).toBe(true);
    }), { numRuns: 500 });
  });
});
