import { Failure } from '../../contract/failure.ts';
import { EXAMPLES_PATH } from './classify-spec.ts';

/** A labelled message of the corpus: the nearest one is a voter and the reason shown with a verdict. */
export interface LabelledExample {
  /** The message as written in the corpus, cut to EXAMPLE_LENGTH. */
  readonly message: string;
  readonly program: string;
  readonly label: string;
}

/** Characters of a message kept in the shipped file. */
export const EXAMPLE_LENGTH = 120;

/** File: JSON, [message, index of program] per example and the list of programs. Labels stand in classify.json. */
export function writeExamples(examples: readonly LabelledExample[]): string {
  const programs = [...new Set(examples.map(({ program }) => program))];
  const index = new Map(programs.map((program, at) => [program, at]));
  return JSON.stringify({
    programs,
    messages: examples.map(({ message }) => [...message].slice(0, EXAMPLE_LENGTH).join('')),
    program: examples.map(({ program }) => index.get(program)),
  });
}

/** @throws Failure 'model-runtime' */
export function readExamples(bytes: Uint8Array, labels: readonly number[], classes: readonly string[]): LabelledExample[] {
  const value = JSON.parse(new TextDecoder().decode(bytes)) as { programs?: string[]; messages?: string[]; program?: number[] };
  const { programs, messages, program } = value;
  if (!Array.isArray(programs) || !Array.isArray(messages) || !Array.isArray(program) || messages.length !== labels.length) {
    throw new Failure('model-runtime', `${EXAMPLES_PATH} does not fit classify/classify.json. Put the whole folder public/models of one version on the server.`);
  }
  return messages.map((message, at) => ({ message, program: programs[program[at]] ?? '', label: classes[labels[at]] }));
}
