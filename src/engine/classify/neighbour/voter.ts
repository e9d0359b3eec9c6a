import type { VoterKind } from '../voter.ts';
import { neighbourProbabilities } from './nearest.ts';

/** Lets the nearest labelled examples vote. They are found once for all of a batch, see VoteModel. */
export const neighbourVoter: VoterKind = {
  needs: 'vector',
  open(_ort, _files, { classes, labels }) {
    return Promise.resolve({
      probabilities({ nearest }) {
        const rows = nearest.map((near) => neighbourProbabilities(near, labels, classes.length));
        const all = new Float32Array(rows.length * classes.length);
        rows.forEach((row, at) => all.set(row, at * classes.length));
        return Promise.resolve(all);
      },
      dispose: () => Promise.resolve(),
    });
  },
};
