import { CATEGORY_NAMES, UNCLASSIFIED } from '../../contract/category.ts';
import { Failure } from '../../contract/failure.ts';
import type { Rule } from '../../contract/rule.ts';
import { MOST_RULES, checkRules } from './check-rule.ts';

const FORMAT = 'winnow-rules';
const VERSION = 1;
/** As many rules as are kept, each as large as can be used, would be far more; a file of this size is none of rules. */
const MOST_CHARS = 20_000_000;

/**
 * Reads a file of rules.
 * @throws Failure 'rules-refused' naming the rule and what is wrong; the file is then of no use as a whole
 */
export function parseRuleFile(text: string): Rule[] {
  if (text.length > MOST_CHARS) throw refused(`it is larger than ${MOST_CHARS / 1e6} MB.`);
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw refused('it is not JSON. Choose a file that was saved with “Export rules”.');
  }
  const format = member(file, 'format');
  const version = member(file, 'version');
  const list = member(file, 'rules');
  if (format !== FORMAT) throw refused(`it is no file of rules (its “format” should be “${FORMAT}”).`);
  if (version !== VERSION) throw refused(`it is of version ${JSON.stringify(version) ?? 'unknown'}, and this page reads version ${VERSION}.`);
  if (!Array.isArray(list)) throw refused('its “rules” are no list.');
  if (list.length > MOST_RULES) throw refused(`it has ${list.length} rules, and at most ${MOST_RULES} can be used.`);
  const rules = list.map((entry: unknown, at) => ruleOf(entry, at));
  const wrong = checkRules(rules);
  if (wrong !== null) throw refused(`rule ${rules.indexOf(wrong.rule) + 1} (“${wrong.rule.id}”): ${wrong.reason}`);
  return rules;
}

/** A file of rules that `parseRuleFile` reads. Splits are left out: they belong to the patterns of a bundle. */
export function writeRuleFile(rules: readonly Rule[]): string {
  const list = rules.filter(({ part }) => part === undefined).map(({ id, pattern, label, about }) => ({ id, pattern, label, about }));
  return `${JSON.stringify({ format: FORMAT, version: VERSION, rules: list }, null, 2)}\n`;
}

function ruleOf(entry: unknown, at: number): Rule {
  const [id, pattern, label, about] = ['id', 'pattern', 'label', 'about'].map((name) => member(entry, name));
  const name = typeof id === 'string' ? ` (“${id.slice(0, 80)}”)` : '';
  if (typeof id !== 'string' || typeof pattern !== 'string' || typeof label !== 'string') throw refused(`rule ${at + 1}${name} needs an “id”, a “pattern” and a “label”, all of them text.`);
  if (about !== undefined && typeof about !== 'string') throw refused(`rule ${at + 1}${name} has an “about” that is no text.`);
  return { id, pattern, label: known(label), about: about ?? '', origin: 'own' };
}

/** Files are written by hand too: "error" means the category that the page has, not one beside it. */
function known(label: string): string {
  const plain = label.trim().toLowerCase();
  return [...CATEGORY_NAMES, UNCLASSIFIED].find((name) => name.toLowerCase() === plain) ?? label.trim();
}

/** A member of the value's own, never one that every object has. */
function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function refused(reason: string): Failure {
  return new Failure('rules-refused', `These rules cannot be used: ${reason} None of them was taken over.`);
}
