/**
 * Writes .cache/texts.jsonl, what finetune.py learns from: one line per message of the corpus with the text that the encoder is
 * shown, the same without its level, the class, and the fold in which its family is left out. Prints the
 * number of folds. Which families each leaves out is kept beside the deltas, for whoever asks with them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { embedText } from '../../src/engine/classify/embed-text.ts';
import { readCorpus } from '../classify/corpus.ts';
import { FOLDS, FOLDS_FILE, familiesLeftOut, familyFolds } from '../classify/held-out.ts';

const CACHE = new URL('.cache/', import.meta.url);

const { messages, patterns, labels, families } = readCorpus();
const foldOf = new Int32Array(labels.length);
familyFolds(families).forEach(({ test }, fold) => {
  for (const row of test) foldOf[row] = fold;
});
const lines = patterns.map((pattern, row) => JSON.stringify({
  text: embedText(pattern), bare: embedText({ ...pattern, level: 0 }), label: labels[row], arguable: messages[row].arguable ?? false, fold: foldOf[row],
}));
mkdirSync(CACHE, { recursive: true });
writeFileSync(new URL('texts.jsonl', CACHE), `${JSON.stringify({ classes: CATEGORY_NAMES.length })}\n${lines.join('\n')}\n`);
writeFileSync(FOLDS_FILE, `${JSON.stringify(familiesLeftOut(families), null, 1)}\n`);
console.log(FOLDS);
