import type { PatternText } from '../../src/contract/verdict.ts';
import { BUILT_IN_RULES } from '../../src/engine/rules/built-in-rules.ts';
import { readCorpus } from '../classify/corpus.ts';
import { askClassic, plainVectors } from './classic.ts';
import { withContent } from './engine.ts';
import type { EngineRun } from './engine.ts';
import type { EvalSet } from './eval-set.ts';
import { allOpinions, shippedOpinions } from './eval-set.ts';
import { classOf, truthCounts } from './items.ts';
import type { Opinion } from './opinion.ts';
import { NOTHING } from './opinion.ts';
import type { Scored } from './scored.ts';
import { byLine, byPattern } from './truths.ts';

/**
 * Logs that went through the engine, as one set: a pattern counts once in each log.
 * @param classic by classifier and log, of `askClassicOf`
 */
export function logSet(title: string, scored: readonly Scored[], classic: readonly (readonly Opinion[])[]): EvalSet {
  const sets = scored.map(({ run }, log) => opinionsOf(run, classic.map((byLog) => byLog[log])));
  const joined = (pick: (set: (typeof sets)[number]) => Opinion): Opinion => joinOpinions(sets.map(pick));
  const counts = scored.flatMap(({ run, labels }) => {
    const known = truthCounts(run, labels);
    return Array.from({ length: run.result.table.count }, (_, pattern) => known.get(pattern));
  });
  return {
    title, page: joined(({ page }) => page), vote: joined(({ vote }) => vote),
    others: sets[0].others.map((_, at) => joined(({ others }) => others[at])),
    byPattern: byPattern(counts), byLine: byLine(counts),
    groups: scored.map(({ name }) => name), groupName: ['log', 'logs'],
    groupOf: Int32Array.from(scored.flatMap(({ run }, log) => new Array<number>(run.result.table.count).fill(log))),
  };
}

/** What the page shows is taken from the page's own decision, not from the vote. */
function opinionsOf(run: EngineRun, classic: readonly Opinion[]): ReturnType<typeof allOpinions> {
  const { vote, lexical, voters } = shippedOpinions(run);
  const all = allOpinions(vote, lexical, voters, ruleClasses(run), classic);
  const { guess, confidence } = run.verdicts;
  const choice = Int32Array.from(guess, (code) => Math.min(NOTHING, code));
  return { ...all, page: { name: all.page.name, choice, confidence: Float64Array.from(choice, (code, pattern) => (code === NOTHING ? 0 : confidence[pattern])) } };
}

/** By pattern: the class of its rule, NOTHING if there is none. */
export function ruleClasses({ result: { table } }: EngineRun): Int32Array {
  return Int32Array.from(table.rule, (rule) => (rule < 0 || BUILT_IN_RULES[rule].label === '' ? NOTHING : classOf(BUILT_IN_RULES[rule].label))).slice(0, table.count);
}

/** Opinions of the classic recipe: by classifier and by list of patterns. A null pattern is not asked about. */
export async function askClassicOf(lists: readonly (readonly (PatternText | null)[])[], say: (text: string) => void): Promise<Opinion[][]> {
  const corpus = readCorpus();
  const asked = await plainVectors(lists.flat().filter((pattern) => pattern !== null), say);
  const known = asked && await plainVectors(corpus.patterns, say);
  if (asked === null || known === null) return [];
  say('the classic recipe is fitted on the corpus; the first time takes a minute or two');
  return askClassic(corpus, known, asked).map((opinion) => parted(opinion, lists));
}

/** Patterns of a log that models are asked about; null for the others. */
export function openTexts(run: EngineRun): (PatternText | null)[] {
  const open = new Set(withContent(run.result.table));
  return run.result.texts.map((text, pattern) => (open.has(pattern) ? text : null));
}

/** Hands the answers back to the lists that were asked; nothing is said of what was not. */
function parted({ name, choice, confidence }: Opinion, lists: readonly (readonly (PatternText | null)[])[]): Opinion[] {
  let next = 0;
  return lists.map((list) => {
    const own = { name, choice: new Int32Array(list.length).fill(NOTHING), confidence: new Float64Array(list.length) };
    list.forEach((pattern, at) => {
      if (pattern === null) return;
      own.choice[at] = choice[next];
      own.confidence[at] = confidence[next++];
    });
    return own;
  });
}

function joinOpinions(opinions: readonly Opinion[]): Opinion {
  return {
    name: opinions[0].name,
    choice: Int32Array.from(opinions.flatMap(({ choice }) => [...choice])),
    confidence: Float64Array.from(opinions.flatMap(({ confidence }) => [...confidence])),
  };
}
