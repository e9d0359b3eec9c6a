import { Failure } from '../../contract/failure.ts';
import { EXAMPLES_PATH } from './classify-spec.ts';

/** A labelled message of the corpus: the nearest one is a voter and the reason shown with a verdict. */
export interface LabelledExample {
  /** The message as written in the corpus, cut to EXAMPLE_LENGTH, on one line. */
  readonly message: string;
  readonly program: string;
  readonly label: string;
}

/** Characters of a message kept in the shipped file. */
export const EXAMPLE_LENGTH = 104;

/** classify/examples.json. Labels stand in classify.json. */
interface ExamplesFile {
  readonly programs: readonly string[];
  /** One a line. */
  readonly messages: string;
  /** Index of a program, then how many messages in a row are its own, and so on. */
  readonly runs: readonly number[];
}

export function writeExamples(examples: readonly LabelledExample[]): string {
  const programs = [...new Set(examples.map(({ program }) => program))];
  const index = new Map(programs.map((program, at) => [program, at]));
  const runs: number[] = [];
  examples.forEach(({ program }, at) => {
    if (at > 0 && program === examples[at - 1].program) runs[runs.length - 1] += 1;
    else runs.push(index.get(program) ?? 0, 1);
  });
  const file: ExamplesFile = { programs, messages: examples.map(({ message }) => shorten(message)).join('\n'), runs };
  return JSON.stringify(file);
}

function shorten(message: string): string {
  return [...message].slice(0, EXAMPLE_LENGTH).join('').replace(/[\r\n]+/g, ' ');
}

/** @param labels class index of each example @throws Failure 'model-runtime' if the file is of another form or does not fit */
export function readExamples(bytes: Uint8Array, labels: readonly number[], classes: readonly string[]): LabelledExample[] {
  const { programs, messages, runs } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<ExamplesFile>;
  if (!Array.isArray(programs) || typeof messages !== 'string' || !Array.isArray(runs)) throw unfit();
  const lines = messages.split('\n');
  const program = runs.flatMap((value: number, at) => (at % 2 === 0 ? [] : Array<string>(value).fill(programs[runs[at - 1]] as string)));
  if (lines.length !== labels.length || program.length !== labels.length) throw unfit();
  return lines.map((message, at) => ({ message, program: program[at], label: classes[labels[at]] }));
}

function unfit(): Failure {
  return new Failure('model-runtime', `${EXAMPLES_PATH} does not fit classify/classify.json. Put the whole folder public/models of one version on the server.`);
}
