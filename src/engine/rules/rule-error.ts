/** A rule that cannot be used: its pattern is not RE2 syntax (look-around, back-references, a typing error) or too large. */
export class RuleError extends Error {
  readonly ruleId: string;
  /** What is wrong with the pattern, in the words of the RE2 parser. */
  readonly reason: string;

  constructor(ruleId: string, reason: string) {
    super(`Rule "${ruleId}" cannot be used: ${reason}`);
    this.name = 'RuleError';
    this.ruleId = ruleId;
    this.reason = reason;
  }
}
