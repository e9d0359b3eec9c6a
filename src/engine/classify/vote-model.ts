import type { NearestExamples } from '../../contract/model-api.ts';
import type { PatternText, Voter, VoteBatch } from '../../contract/verdict.ts';
import { VOTERS } from '../../contract/verdict.ts';
import { joinVectors } from '../embed/join-vectors.ts';
import type { Ort } from '../embed/onnx.ts';
import { calibrate } from '../train/calibration.ts';
import type { ClassifySpec } from './classify-spec.ts';
import { EXAMPLES_PATH, KNOWN_WORDS_PATH, NEIGHBOURS_PATH, SPEC_PATH, parseClassifySpec } from './classify-spec.ts';
import { combine } from './combine.ts';
import { readExamples } from './examples.ts';
import type { LabelledExample } from './examples.ts';
import { dampForeign, languageDoubts } from './language-doubt.ts';
import { unknownShare } from './lexical/known-words.ts';
import type { Nearest } from './neighbour/nearest.ts';
import { findNearest } from './neighbour/nearest.ts';
import type { Neighbours } from './neighbour/neighbours.ts';
import { readNeighbours } from './neighbour/neighbours.ts';
import { noveltyOf } from './novelty.ts';
import { VOTER_KINDS } from './registry.ts';
import type { FileSource, OpenVoter } from './voter.ts';
import { countVotes } from './count-votes.ts';

export interface VoteModelOptions {
  /** Leave out what needs the encoder: only `lexical` works then, and three small files are read. Default: false. */
  readonly lexicalOnly?: boolean;
}

/** What `vote` needs and `lexical` does not. */
interface Memory {
  readonly neighbours: Neighbours;
  readonly examples: readonly LabelledExample[];
}

/** All classifiers and their vote. Answers depend on the text, its level and the model files, never on the company in a batch. */
export class VoteModel {
  private readonly spec: ClassifySpec;
  private readonly knownWords: Uint8Array;
  private readonly voters: ReadonlyMap<Voter, OpenVoter>;
  private readonly memory: Memory | null;

  private constructor(spec: ClassifySpec, knownWords: Uint8Array, voters: ReadonlyMap<Voter, OpenVoter>, memory: Memory | null) {
    this.spec = spec;
    this.knownWords = knownWords;
    this.voters = voters;
    this.memory = memory;
  }

  /** @throws Failure 'model-missing', 'model-tampered', 'model-runtime' or 'out-of-memory' */
  static async open(ort: Ort, files: FileSource, { lexicalOnly = false }: VoteModelOptions = {}): Promise<VoteModel> {
    const spec = parseClassifySpec(await files.get(SPEC_PATH));
    const knownWords = await files.get(KNOWN_WORDS_PATH);
    const voters = new Map<Voter, OpenVoter>();
    for (const voter of VOTERS) {
      const kind = VOTER_KINDS[voter];
      if (!lexicalOnly || kind.needs === 'text') voters.set(voter, await kind.open(ort, files, spec));
    }
    const memory = lexicalOnly ? null : {
      neighbours: readNeighbours(await files.get(NEIGHBOURS_PATH), spec.labels.length, spec.dims),
      examples: readExamples(await files.get(EXAMPLES_PATH), spec.labels, spec.classes),
    };
    return new VoteModel(spec, knownWords, voters, memory);
  }

  /** The lexical model alone: the provisional verdict, and the final one where the encoder does not read. Calibrated for itself. */
  async lexical(batch: readonly PatternText[]): Promise<VoteBatch> {
    const classes = this.spec.classes.length;
    const opinion = await this.voter('lexical').probabilities({ batch, vectors: [], nearest: [] });
    const opinions = VOTERS.map((voter) => (voter === 'lexical' ? opinion : null));
    const doubts = languageDoubts(batch);
    return {
      ...countVotes(dampForeign(calibrate(this.spec.calibration.lexical, opinion, classes), doubts, classes), opinions, batch.length, classes),
      classes: this.spec.classes,
      vectors: new Float32Array(0),
      neighbour: new Int32Array(batch.length).fill(-1),
      similarity: new Float32Array(batch.length),
      novelty: Float32Array.from(batch, ({ text }, at) => Math.max(doubts[at], unknownShare(text, this.knownWords))),
    };
  }

  /** All voters. `vectors[i]` is the encoder's vector of `embedText(batch[i])`. */
  async vote(batch: readonly PatternText[], vectors: readonly Float32Array[]): Promise<VoteBatch> {
    const { spec, knownWords } = this;
    const { neighbours } = this.remembered();
    const classes = spec.classes.length;
    const nearest = vectors.map((vector) => findNearest(vector, neighbours));
    const opinions: Float32Array[] = [];
    for (const voter of VOTERS) opinions.push(await this.voter(voter).probabilities({ batch, vectors, nearest }));
    const similarity = Float32Array.from(nearest, similarityOf);
    const doubts = languageDoubts(batch);
    return {
      ...countVotes(dampForeign(calibrate(spec.calibration.vote, combine(opinions, spec.weights, classes), classes), doubts, classes), opinions, batch.length, classes),
      classes: spec.classes,
      vectors: joinVectors(vectors),
      neighbour: Int32Array.from(nearest, ({ rows }) => rows[0] ?? -1),
      similarity,
      novelty: Float32Array.from(batch, ({ text }, at) => Math.max(doubts[at], noveltyOf(similarity[at], unknownShare(text, knownWords), spec.novelty))),
    };
  }

  /** Length of the vectors that the heads were trained on. */
  get dims(): number {
    return this.spec.dims;
  }

  /** Texts that VoteBatch.neighbour indexes. */
  examples(): readonly LabelledExample[] {
    return this.remembered().examples;
  }

  /** The k labelled messages nearest to each vector. */
  nearest(vectors: readonly Float32Array[], k: number): NearestExamples {
    const { neighbours } = this.remembered();
    const indices = new Int32Array(vectors.length * k).fill(-1);
    const cosines = new Float32Array(vectors.length * k);
    vectors.forEach((vector, at) => {
      const near = findNearest(vector, neighbours, k);
      indices.set(near.rows, at * k);
      cosines.set(near.cosines, at * k);
    });
    return { indices, cosines };
  }

  /** Mean of the labelled messages' vectors. */
  common(): Float64Array {
    return Float64Array.from(this.remembered().neighbours.mean);
  }

  async dispose(): Promise<void> {
    for (const voter of this.voters.values()) await voter.dispose();
  }

  private voter(name: Voter): OpenVoter {
    const voter = this.voters.get(name);
    if (voter === undefined) throw new Error(`the ${name} model has not been opened`);
    return voter;
  }

  private remembered(): Memory {
    if (this.memory === null) throw new Error('only the lexical model has been opened');
    return this.memory;
  }
}

function similarityOf({ cosines }: Nearest): number {
  return Math.min(1, Math.max(0, cosines[0] ?? 0));
}
