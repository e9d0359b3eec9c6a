import { openModel } from '../../embed/onnx.ts';
import type { VoterKind } from '../voter.ts';
import { runLexical } from './lexical.ts';

/** The linear model on hashed words: the only voter that needs no encoder. */
export function lexicalVoter(path: string): VoterKind {
  return {
    needs: 'text',
    async open(ort, files, { classes }) {
      const model = await openModel(ort, await files.get(path), { backend: 'wasm', name: path });
      return {
        probabilities: ({ batch }) => runLexical(model, batch, classes.length),
        dispose: () => model.dispose(),
      };
    },
  };
}
