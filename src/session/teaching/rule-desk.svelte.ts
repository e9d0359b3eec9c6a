import type { BuiltInCategory } from '../../contract/category.ts';
import { UNCLASSIFIED } from '../../contract/category.ts';
import type { HttpClass } from '../../contract/pattern.ts';
import type { Rule, RuleChanges } from '../../contract/rule.ts';
import { BUILT_IN_RULES } from '../../engine/rules/built-in-rules.ts';
import { proposeRule } from '../../engine/rules/propose-rule.ts';
import { parseRuleFile, writeRuleFile } from '../../engine/rules/rule-file.ts';
import { freshRuleId, importRules, moveRule, putRule, putSplit, removeRule, removeSplit, switchRule } from '../../engine/rules/rule-set.ts';
import { valueRule } from '../../engine/rules/split-rule.ts';
import type { OpenLog } from './open-log.ts';
import type { Teaching } from './teaching.svelte.ts';

/** Of an expression that stands for a name. */
const NAME_CHARS = 40;
/** Examples that a proposed expression must match. */
const EXAMPLES = 8;
/** Of a rule that is written from scratch, until another is chosen. */
const FIRST_CHOICE: BuiltInCategory = 'Error';

interface Draft {
  /** The rules that it is a change of: when these change by other means, it is void. */
  readonly base: RuleChanges;
  readonly rules: RuleChanges;
  /** What was changed, in words. */
  readonly what: readonly string[];
}

type DeskParts = Pick<OpenLog, 'table' | 'verdicts' | 'ask'> & { readonly teaching: Pick<Teaching, 'ruleChanges' | 'rules' | 'changeRules'> };

/** Changes of rules, gathered until they are applied: each time the files are read again. */
export class RuleDesk {
  readonly builtIn = BUILT_IN_RULES;
  /** The files are being read again. */
  busy = $state(false);
  readonly #parts: DeskParts;
  #draft = $state.raw<Draft | null>(null);

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** The rules with what has not been applied yet. */
  get rules(): RuleChanges { return this.#current?.rules ?? this.#parts.teaching.ruleChanges; }
  /** Changes that have not been applied, in words. */
  get pending(): readonly string[] { return this.#current?.what ?? []; }
  get #current(): Draft | null { return this.#draft !== null && this.#draft.base === this.#parts.teaching.ruleChanges ? this.#draft : null; }

  move(rule: Rule, to: number): void { this.#change(`“${nameOf(rule)}” moved`, moveRule(this.rules, rule.id, to)); }
  remove(rule: Rule): void { this.#change(`“${nameOf(rule)}” removed`, removeRule(this.rules, rule.id)); }
  removeSplit(rule: Rule): void { this.#change(`split of ${rule.about} removed`, removeSplit(this.rules, rule.id)); }
  switch(rules: readonly Rule[], on: boolean): void {
    const what = rules.length === 1 ? `“${nameOf(rules[0])}”` : `${rules.length} built-in rules`;
    this.#change(`${what} ${on ? 'on' : 'off'}`, rules.reduce((state, { id }) => switchRule(state, id, on), this.rules));
  }
  discard(): void { this.#draft = null; }

  /** Takes over rules of a file; says what came of it. @throws Failure 'rules-refused'; nothing is changed then */
  take(text: string): string {
    const rules = parseRuleFile(text);
    const { state, replaced } = importRules(this.rules, rules);
    this.#change(`${rules.length} imported`, state);
    const changed = replaced.length === 0 ? '' : `, of which ${replaced.length} took the place of a rule with the same id (${replaced.slice(0, 5).join(', ')})`;
    return `${rules.length} rules read${changed}.`;
  }

  /** Own rules as a file. */
  export(): string { return writeRuleFile(this.rules.own); }

  /** A rule to start from. */
  blank(): Rule { return { id: '', pattern: '', label: FIRST_CHOICE, about: '', origin: 'own' }; }

  /** A rule for the lines of a pattern, with its label; its expression is '' where none fits. */
  async propose(pattern: number): Promise<Rule> {
    const { table, verdicts } = this.#parts;
    if (table === null || verdicts === null) return this.blank();
    const rows = await this.#parts.ask((api) => api.examples(pattern, EXAMPLES)).catch(() => []);
    const expression = proposeRule(table.texts[pattern], [table.examples[pattern], ...rows.map(({ message }) => message)]);
    const known = [verdicts.label[pattern], verdicts.guess[pattern]].map((code) => verdicts.labels[code]).find((label) => label !== undefined && label !== UNCLASSIFIED);
    return { id: '', pattern: expression ?? '', label: known ?? FIRST_CHOICE, about: aboutOf(table.texts[pattern]), origin: 'own' };
  }

  /** Its id, or the one that it would get. */
  named(rule: Rule): Rule { return rule.id === '' ? { ...rule, id: freshRuleId(this.rules, rule.about || rule.label) } : rule; }

  /** Puts a rule first, or in the place of the one with its id, and applies all changes. False if the person gave up reading. @throws Failure 'rules-refused' */
  save(rule: Rule): Promise<boolean> {
    const named = this.named(rule);
    return this.#apply(`rule “${nameOf(named)}” → ${named.label}`, putRule(this.rules, named));
  }

  /** Makes patterns of their own of the rows with these values in one place of a pattern. @param label '' = models decide */
  split(pattern: number, token: number, values: readonly string[], label: string): Promise<boolean> {
    const { table, teaching } = this.#parts;
    if (table === null) return Promise.resolve(false);
    const whole = { text: table.texts[pattern], level: table.level[pattern], http: table.http[pattern] as HttpClass };
    const within = teaching.rules[table.rule[pattern]] ?? null;
    const rules = values.reduce<RuleChanges>((state, value) => putSplit(state, valueRule(whole, within, token, value, label)), this.rules);
    return this.#apply(values.length === 1 ? `split by “${values[0]}”` : `split by ${values.length} values`, rules);
  }

  /** Reads the files again with all changes. False if the person gave it up; the changes are kept then. */
  apply(): Promise<boolean> {
    const { pending } = this;
    return this.#apply(pending.length === 1 ? `rules: ${pending[0]}` : `${pending.length} changes of rules`, this.rules);
  }

  async #apply(what: string, rules: RuleChanges): Promise<boolean> {
    this.busy = true;
    try {
      return await this.#parts.teaching.changeRules(what, rules);
    } finally {
      this.busy = false;
    }
  }

  #change(what: string, rules: RuleChanges): void {
    this.#draft = { base: this.#parts.teaching.ruleChanges, rules, what: [...this.pending, what] };
  }
}

/** What a rule is called where there is room for a few words. */
export function nameOf({ about, pattern, id }: Rule): string {
  if (about !== '') return about;
  return pattern.length > NAME_CHARS ? `${pattern.slice(0, NAME_CHARS)}…` : pattern || id;
}

/** The words of a masked text. */
function aboutOf(text: string): string {
  const words = text.replace(/<[^<>]*>/g, ' ').match(/[\p{L}\p{N}][\p{L}\p{N}'._-]*/gu) ?? [];
  return words.slice(0, 6).join(' ').slice(0, 80);
}
