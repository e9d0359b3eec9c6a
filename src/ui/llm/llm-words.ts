import type { LlmMachine } from '../../contract/llm-api.ts';
import type { LlmCheck, LlmModel } from '../../contract/llm.ts';
import type { LlmCounts } from '../../session/llm/language-model.ts';
import { bytes, count, duration, plural } from '../format.ts';
import { visibleText } from '../visible-text.ts';

/** Weights below which no model was right more often than the nearest example (README, measured). */
export const PAYS_FROM = 500_000_000;
/** Weights from which a processor takes minutes for each pattern (measured: 135 million, 15 tokens of a question a second on one thread). */
const SLOW_FROM = 2_000_000_000;
/** What a program of the processor may use of memory: WebAssembly with 32-bit addresses. */
const PROCESSOR_MOST = 2 ** 32;

/** The vote, as a person knows it: “model” beside a verdict. */
const PAGE = 'the page\'s own models';

/** What this computer has left for a model. */
export interface Room {
  /** Bytes of storage that this site may still fill; NaN where the browser does not tell. */
  readonly free: number;
  /** Bytes of main memory, rounded and capped by the browser; NaN where it does not tell. */
  readonly memory: number;
}

/** "135 million weights", "0.6 billion weights"; '' where nobody has said. */
export function weightsWords(parameters: number): string {
  if (parameters <= 0) return '';
  if (parameters < 999_500_000 && parameters < PAYS_FROM) return `${count(Math.round(parameters / 1e6))} million weights`;
  return `${Number((parameters / 1e9).toPrecision(2))} billion weights`;
}

export const RUNS_ON = { wllama: 'processor', webllm: 'graphics card' } as const;

/** What is known of a model before it is fetched, as short facts. */
export function modelFacts(model: LlmModel): readonly string[] {
  return [
    weightsWords(model.parameters),
    model.bytes > 0 ? `${bytes(model.bytes)} to download` : '',
    model.memoryBytes > 0 ? `needs ${bytes(model.memoryBytes)} of ${model.runtime === 'webllm' ? 'graphics memory' : 'memory'}` : '',
    RUNS_ON[model.runtime],
    model.licence === '' ? 'licence not known' : visibleText(model.licence),
    model.reasons ? 'reasons before it answers, so it is slower' : '',
  ].filter((fact) => fact !== '');
}

/** Why a model cannot run on this computer, in words for a person; '' where nothing speaks against it. */
export function obstacle(model: LlmModel, machine: LlmMachine | null, room: Room): string {
  const needs = memoryOf(model);
  if (model.runtime === 'webllm') {
    if (machine !== null && machine.noGpu !== '') return 'Not here: it needs a graphics card that this browser can use.';
    if (machine !== null && model.needsF16 && !machine.f16) return 'Not here: it needs a graphics card that calculates with 16-bit numbers (shader-f16).';
  } else if (needs > PROCESSOR_MOST) return `Not here: it needs about ${bytes(needs)} of memory, and a page may use ${bytes(PROCESSOR_MOST)} on the processor at most.`;
  else if (needs > room.memory) return `Not here: it needs ${bytes(needs)} of memory, and this computer has about ${bytes(room.memory)} in all.`;
  const size = downloadOf(model);
  return size > room.free ? `No room: it is ${bytes(size)}, and this browser has ${bytes(room.free)} left for this site.` : '';
}

/** What to know before it is loaded all the same; '' where nothing is. */
export function caution(model: LlmModel, room: Room): string {
  if (model.runtime !== 'wllama') return '';
  const tight = memoryOf(model) > room.memory * 0.6 ? `It may be tight: this computer has about ${bytes(room.memory)} of memory in all. Close other programs first.` : '';
  return [isSlow(model) ? 'Slow on a processor: expect minutes for each pattern.' : '', tight].filter((words) => words !== '').join(' ');
}

/** Those that may run here first, then those that pay, being neither too small nor too slow; else in the order in which they are listed. */
export function byWhatPays(models: readonly LlmModel[], machine: LlmMachine | null, room: Room): readonly LlmModel[] {
  const rank = (model: LlmModel): number => (obstacle(model, machine, room) === '' ? 0 : 2) + ((model.parameters > 0 && model.parameters < PAYS_FROM) || isSlow(model) ? 1 : 0);
  return models.map((model) => ({ model, place: rank(model) })).sort((a, b) => a.place - b.place).map(({ model }) => model);
}

/** ", 484 MB,": all that is known of a download's size, between commas. Weights fit into the memory that a model needs. */
export function sizeWords(model: LlmModel): string {
  const size = downloadOf(model);
  if (size === 0) return ', whose size only its host knows,';
  return model.bytes > 0 ? `, ${bytes(size)},` : `, at most ${bytes(size)},`;
}

/** The host that is asked, and those that it may send on to: "hosts below hf.co"; '' where there are none. */
export function hostsWords(hosts: readonly string[]): readonly [host: string, others: string] {
  const [first = 'this site', ...further] = hosts;
  const list = (names: readonly string[]): string => new Intl.ListFormat('en').format(names.map(visibleText));
  const below = list(further.filter((host) => host.startsWith('*.')).map((host) => host.slice(2)));
  const others = list(further.filter((host) => !host.startsWith('*.')));
  return [visibleText(first), [others, below === '' ? '' : `hosts below ${below}`].filter((words) => words !== '').join(' and ')];
}

/** What the trial means. Whether a lead is clear, `isClear` of engine/llm/check.ts has found. */
export function trialWords({ beats, lines, llm, neighbour, vote }: LlmCheck, trusted: boolean): string {
  if (beats) return `It was clearly more often right than the nearest example and ${PAGE}: its answers count from now on.`;
  const [best, than] = neighbour > vote ? [neighbour, 'the nearest example'] : vote > neighbour ? [vote, PAGE] : [vote, `the nearest example and ${PAGE}`];
  const how = llm > best ? `ahead of ${than}, but not clearly: with ${plural(lines, 'line')} that may be chance; more lines can show it` : `${llm === best ? 'only as good as' : 'not better than'} ${than}`;
  return `It was ${how}. ${trusted ? 'Its answers count because you said so.' : 'So it only advises: its answers are shown, and change nothing.'}`;
}

/** What its answers are worth by the trial, and where that is too little to decide anything. @param decides they do, where they are worth enough */
export function worthWords({ agreeing, differing }: LlmCheck, threshold: number, decides: boolean): string {
  const worth = (confidence: number): string => `${confidence.toFixed(2)}${decides && confidence < threshold ? ' (below your threshold: decides nothing)' : ''}`;
  return `By this trial its answers are right with probability ${worth(agreeing.confidence)} where it says what ${PAGE} guess, ${worth(differing.confidence)} where it says something else.`;
}

/** The trial for those who hear the page. */
export function trialHeard(check: LlmCheck, trusted: boolean): string {
  return `On ${plural(check.lines, 'line')} with known labels: language model ${count(check.llm)} right, nearest example ${count(check.neighbour)}, ${PAGE} ${count(check.vote)}. ${trialWords(check, trusted)}`;
}

/** What came of asking. */
export function askedWords({ asked, decided, unanswered }: LlmCounts, believed: boolean): string {
  const came = !believed ? 'shown as advice, nothing decided by it' : decided > 0 ? `${count(decided)} decided by it` : 'no answer was sure enough to decide anything';
  return `${plural(asked, 'pattern')} answered: ${came}${unanswered > 0 ? `, ${count(unanswered)} without a usable answer` : ''}.`;
}

/** "about 3 minutes": whole units, since it is an estimate. */
export function aboutTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 50) return 'less than a minute';
  if (seconds < 5400) return `about ${plural(Math.round(seconds / 60), 'minute')}`;
  return seconds < 129_600 ? `about ${plural(Math.round(seconds / 3600), 'hour')}` : `about ${plural(Math.round(seconds / 86_400), 'day')}`;
}

/** "0.6 s", "12 s" a line. */
export const perLine = (seconds: number): string => (seconds < 10 ? `${seconds.toFixed(1)} s` : duration(seconds));

const isSlow = ({ runtime, parameters }: LlmModel): boolean => runtime === 'wllama' && parameters >= SLOW_FROM;

/** Bytes; where nobody has said, what weights of 4 to 5 bits take. 0 = not known. */
const memoryOf = ({ memoryBytes, parameters }: LlmModel): number => (memoryBytes > 0 ? memoryBytes : Math.round(parameters * 0.62));
/** Bytes, or at most so many; 0 = not known. */
const downloadOf = (model: LlmModel): number => (model.bytes > 0 ? model.bytes : memoryOf(model));
