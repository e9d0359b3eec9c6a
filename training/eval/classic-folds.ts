import { CATEGORY_NAMES } from '../../src/contract/category.ts';
import { selectRows } from '../../src/engine/train/matrix.ts';
import type { Corpus } from '../classify/corpus.ts';
import type { PlainVectors } from './classic.ts';
import { CLASSIC_VERSION, classicOpinions, fitClassic, predictClassic } from './classic.ts';
import { foldsOf } from '../classify/cross-fit.ts';
import { contentOf, kept } from './kept.ts';
import type { Opinion } from './opinion.ts';

const CLASSES = CATEGORY_NAMES.length;

/** What the classic recipe says of every row of the corpus, fitted on the rows of the other folds. About a minute a fold, the first time. */
export function classicHeldOut(corpus: Corpus, { vectors, dims }: PlainVectors, fold: Int32Array, say: (text: string) => void): Opinion[] {
  const all = [0, 1, 2].map(() => new Float32Array(fold.length * CLASSES));
  const content = contentOf([vectors, corpus.labels]);
  for (const { name, train, test } of foldsOf(fold)) {
    const answers = kept('classic-fold', [CLASSIC_VERSION, content, contentOf([test])], () => {
      say(`the classic recipe without fold ${name}`);
      return predictClassic(fitClassic(selectRows(vectors, dims, train), dims, train.map((row) => corpus.labels[row])), selectRows(vectors, dims, test), dims);
    });
    answers.forEach((answer, classifier) => {
      test.forEach((row, at) => all[classifier].set(answer.subarray(at * CLASSES, (at + 1) * CLASSES), row * CLASSES));
    });
  }
  return classicOpinions(all);
}
