import { describe, expect, test } from 'vitest';
import { isProtected } from '../../../src/engine/patterns/protected-words.ts';

describe('a word that decides the meaning', () => {
  test.each(['failed', 'FAILED.', "'failed'", '"ok"', '(down)', 'status=up', 'login_failed', 'not-ready', "can't", "couldn't", 'LoginFailed', 'isActive', 'NodeNotReady', 'up/down', 'error:'])('is in %j', (token) => expect(isProtected(token)).toBe(true));
  test.each(['alice', '<num>', '<*>', '', '---', 'upper', 'downtown', 'token', 'erroneousness', 'Alice\'s', '日本', 'infox'])('is not in %j', (token) => expect(isProtected(token)).toBe(false));
});
