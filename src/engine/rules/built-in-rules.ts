import type { Rule } from '../../contract/rule.ts';
import { APPLICATION_RULES } from './built-in/application.ts';
import { AUTH_RULES } from './built-in/auth.ts';
import { CONTAINER_RULES } from './built-in/container.ts';
import { DATABASE_RULES } from './built-in/database.ts';
import { KERNEL_RULES } from './built-in/kernel.ts';
import { SYSTEM_RULES } from './built-in/system.ts';
import { ACCESS_RULES, WEB_RULES } from './built-in/web.ts';

/**
 * The rules that are always there, in order. A rule overrules every model for each line that it matches, so one
 * goes in only if its wording is of one program (or one well-known format) and no careful operator would argue
 * with the label. Access logs come first: they quote requests, which may hold the words of any other rule.
 */
export const BUILT_IN_RULES: readonly Rule[] = [
  ...ACCESS_RULES, ...AUTH_RULES, ...WEB_RULES, ...DATABASE_RULES, ...CONTAINER_RULES, ...KERNEL_RULES, ...SYSTEM_RULES, ...APPLICATION_RULES,
];
