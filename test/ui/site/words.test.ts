import { describe, expect, it } from 'vitest';
import type { Traffic } from '../../../src/contract/site.ts';
import { isHeaderPolicy } from '../../../src/ui/site/policies-in-force.ts';
import { HEADER_POLICY, PAGE_POLICY } from '../../../src/contract/policy.ts';
import { persistWords } from '../../../src/ui/site/stored-words.ts';
import { trafficWords, whoCounts } from '../../../src/ui/site/traffic-words.ts';

const traffic = (some: Partial<Traffic>): Traffic => ({ downloads: 3, bytes: 37_120_000, elsewhere: 0, refused: 0, sent: 0, by: 'service-worker', ...some });
const sentence = (some: Partial<Traffic>, model = true): string => Object.values(trafficWords(traffic(some), model)).filter((part) => part !== '').join(' ');

describe('what went over the network, in words', () => {
  it('is the promised sentence', () => {
    expect(sentence({})).toBe('To other sites: 0. From this site: 3 downloads, 37 MB (program and model). Sent: 0 bytes.');
  });
  it('names the model only once one was loaded, and small sizes exactly', () => {
    expect(sentence({ downloads: 1, bytes: 310_400 }, false)).toBe('To other sites: 0. From this site: 1 download, 310 kB (program). Sent: 0 bytes.');
    // Fetched to be kept, none of them has run.
    expect(sentence({ downloads: 13, bytes: 38_500_000 }, false)).toContain('13 downloads, 39 MB (program and model)');
    expect(sentence({ bytes: 1_234_567 })).toContain('3 downloads, 1.23 MB');
    expect(sentence({ downloads: 1204, bytes: 9_960_000 })).toContain('1,204 downloads, 10 MB');
  });
  it('says that all was kept, rather than 0 bytes of something', () => {
    expect(sentence({ downloads: 0, bytes: 0 })).toBe('To other sites: 0. From this site: 0 downloads (all of it was kept in this browser). Sent: 0 bytes.');
  });
  it('hides nothing: what was stopped, what got out, what was sent', () => {
    expect(sentence({ refused: 1 })).toMatch(/ 1 attempt was stopped\.$/);
    expect(sentence({ refused: 1200 })).toMatch(/ 1,200 attempts were stopped\.$/);
    expect(sentence({ elsewhere: 2, sent: 1 })).toMatch(/^To other sites: 2\. .* Sent: 1 byte\.$/);
  });
  it('claims no number where nothing counts', () => {
    expect(sentence({ by: 'browser' })).toMatch(/ Sent: nothing \(not counted here\)\.$/);
    expect(sentence({ by: 'nothing', downloads: 0, bytes: 0 })).not.toMatch(/\d/);
    expect(whoCounts('nothing', false)).toMatch(/how to see for yourself/);
  });
  it('promises a service worker only where there can be one', () => {
    expect(whoCounts('browser', true)).toMatch(/next visit/);
    expect(whoCounts('browser', false)).not.toMatch(/next visit/);
  });
  it('says of what is sent who knows it', () => {
    expect(whoCounts('browser', true)).toMatch(/sent is not on that list/);
    expect(whoCounts('service-worker', true)).toMatch(/lets none through .* none that carries anything/);
  });
});

describe('what is in force and stays', () => {
  it('tells the header from the page by what only a header can say', () => {
    expect([isHeaderPolicy(HEADER_POLICY), isHeaderPolicy(PAGE_POLICY)]).toEqual([true, false]);
  });
  it('does not take silence for a promise', () => {
    expect(new Set([true, false, null].map(persistWords)).size).toBe(3);
    expect(persistWords(null)).not.toMatch(/promised/);
  });
});
