import { RE2JS } from 're2js';
import type { Rule } from '../../../src/contract/rule.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The slow, obvious version of `compileRules`: re2js, rule by rule, on the decoded text. */
export function oracle(rules: readonly Rule[]): (message: Uint8Array) => number {
  const patterns = rules.map((rule) => RE2JS.compile(rule.pattern, RE2JS.CASE_INSENSITIVE));
  return (message) => {
    const text = decoder.decode(message);
    return patterns.findIndex((pattern) => pattern.matcher(text).find());
  };
}

export function rule(pattern: string, at = 0): Rule {
  return { id: `rule-${at}`, pattern, label: 'Error', about: 'made up' };
}
