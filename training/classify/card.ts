/** Writes the figures of public/models/classify/limits.json into docs/model-card.md: npx tsx training/classify/card.ts */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelLimits } from '../../src/contract/model-limits.ts';
import { LIMITS_PATH, readLimits } from '../../src/engine/classify/limits-file.ts';

const CARD = new URL('../../docs/model-card.md', import.meta.url);
const LIMITS = new URL(`../../public/models/${LIMITS_PATH}`, import.meta.url);
/** The table stands between these lines. */
const [FROM, TO] = ['<!-- limits: written by npm run train -->', '<!-- end of limits -->'];

const figure = (share: number | null): string => (share === null ? '–' : share.toFixed(3));

/** Markdown: a line for each category, and one for all. */
export function limitsTable({ messages, accuracy, macroF1, calibrationError, sure, agreement, categories }: ModelLimits): string {
  const rows = categories.map((one) => `| ${one.name} | ${one.messages} | ${figure(one.precision)} | ${figure(one.recall)} | ${figure(one.agreement)} |`);
  return [
    '| category | messages | precision | recall | readers agreed |', '|---|---|---|---|---|', ...rows, '',
    '| all | messages | accuracy | macro-F1 | calibration error | readers agreed |', '|---|---|---|---|---|---|',
    `| families left out | ${messages} | ${figure(accuracy)} | ${figure(macroF1)} | ${figure(calibrationError)} | ${figure(agreement)} |`, '',
    `Of the ${messages} answers, ${sure.messages} had a confidence of ${sure.confidence} or more; ${figure(sure.right)} of those were right.`,
  ].join('\n');
}

/** The card with this table in its place. @throws where the card has no such place */
export function withTable(card: string, table: string): string {
  const from = card.indexOf(FROM), to = card.indexOf(TO);
  if (from < 0 || to < from) throw new Error(`docs/model-card.md has no place for the figures: "${FROM}" … "${TO}"`);
  return `${card.slice(0, from + FROM.length)}\n${table}\n${card.slice(to)}`;
}

/** Brings docs/model-card.md up to date. */
export function writeCard(limits: ModelLimits): void {
  writeFileSync(CARD, withTable(readFileSync(CARD, 'utf8'), limitsTable(limits)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeCard(readLimits(readFileSync(LIMITS)));
