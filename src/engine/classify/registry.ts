import type { Voter } from '../../contract/verdict.ts';
import { lexicalVoter } from './lexical/voter.ts';
import { neighbourVoter } from './neighbour/voter.ts';
import { vectorHead } from './vector-head.ts';
import type { VoterKind } from './voter.ts';

/** File of each voter that has one, under public/models. `.deflate`: see vectorHead. */
export const VOTER_FILES = {
  'logistic-regression': 'classify/logistic-regression.onnx',
  'random-forest': 'classify/random-forest.onnx.deflate',
  'naive-bayes': 'classify/naive-bayes.onnx',
  lexical: 'classify/lexical.onnx',
} as const satisfies Partial<Record<Voter, string>>;

/** All voters. A voter in the contract without a line here is a type error. */
export const VOTER_KINDS = {
  'logistic-regression': vectorHead(VOTER_FILES['logistic-regression']),
  'random-forest': vectorHead(VOTER_FILES['random-forest']),
  'naive-bayes': vectorHead(VOTER_FILES['naive-bayes']),
  lexical: lexicalVoter(VOTER_FILES.lexical),
  neighbour: neighbourVoter,
} as const satisfies Record<Voter, VoterKind>;
