import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CalmOrder } from '../../src/session/calm-order.ts';
import { BLANK } from '../../src/session/teaching/snapshot.ts';

describe('CalmOrder', () => {
  it('keeps the list through any corrections, and follows verdicts while nothing is said and once something else is asked for', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('votes', 'correct', 'ask'), { maxLength: 30 }), (steps) => {
      const calm = new CalmOrder();
      let [taught, filter, made] = [BLANK, {}, 0];
      const order = () => calm.of([filter], taught, () => Uint32Array.of(++made)).order[0];
      let kept = order();
      for (const step of steps) {
        if (step === 'correct') taught = { ...taught, said: new Map() };
        if (step === 'ask') filter = {};
        const before = made;
        const now = order();
        // Made anew if asked for, or if nothing was said since it was made.
        if (now !== kept) expect(now).toBe(before + 1);
        if (step === 'correct') expect(now).toBe(kept);
        if (step === 'ask') expect(now).toBe(before + 1);
        kept = now;
      }
    }));
  });
});
