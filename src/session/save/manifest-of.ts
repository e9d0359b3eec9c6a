import { sha256 } from 'hash-wasm';
import type { Dialect, ReadProblem } from '../../contract/dialect.ts';
import type { PatternTable } from '../../contract/pattern.ts';
import type { Baseline } from '../../contract/reader-api.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { canonicalJson, manifestInput, manifestUnread } from '../../engine/write/manifest.ts';
import type { Manifest, ManifestOutput } from '../../engine/write/manifest.ts';
import { MADE_BY } from '../desk.ts';
import { BUILD } from '../build.ts';
import { inputName } from '../read-choice.ts';
import type { SpotCheck } from '../teaching/spot-check.svelte.ts';
import type { Teaching } from '../teaching/teaching.svelte.ts';
import type { FileDigests } from './digests.ts';

/** What manifest and report need to know of the session. */
export interface ManifestSession {
  readonly files: readonly File[];
  readonly table: PatternTable | null;
  readonly lines: number;
  readonly entries: number;
  readonly complete: boolean;
  readonly finalShare: number;
  readonly unread: readonly ReadProblem[];
  readonly unreadTotal: number;
  readonly baseline: Baseline | null;
  readonly threshold: number;
  readonly teaching: Pick<Teaching, 'rules' | 'ruleChanges' | 'said'>;
  readonly desk: { readonly spot: Pick<SpotCheck, 'result' | 'stale'> };
  verdict(pattern: number): Verdict;
}

export type ModelFacts = Pick<Manifest['decisions'], 'backend' | 'threads' | 'encoder' | 'models' | 'addedModels' | 'languageModel'>;

interface Open {
  readonly files: readonly File[];
  readonly dialects: readonly Dialect[];
}

export interface ManifestAbout {
  /** Of the open files, then of those that they are compared with. */
  readonly digests: FileDigests;
  readonly outputs: readonly ManifestOutput[];
  readonly open: Open;
  readonly compared: Open;
  readonly models: ModelFacts;
}

export async function manifestOf(session: ManifestSession, { digests, outputs, open, compared, models }: ManifestAbout): Promise<Manifest> {
  const inputs = ({ files, dialects }: Open, from: number) => files.map((file, at) => manifestInput({ name: file.name, size: digests.sizes[from + at] ?? file.size, sha256: digests.hashes[from + at] ?? '' }, dialects[at]));
  const { rules, ruleChanges, said } = session.teaching;
  const { result, stale } = session.desk.spot;
  const confirmed = [...said.values()].filter(({ how }) => how === 'confirmed').length;
  return {
    format: 'winnow-manifest', version: 1, createdAt: new Date().toISOString(), madeBy: MADE_BY, build: BUILD,
    inputs: inputs(open, 0), comparedWith: inputs(compared, open.files.length),
    lines: session.lines, entries: session.entries, complete: session.complete, provisionalRows: Math.round((1 - session.finalShare) * session.entries),
    unread: manifestUnread(session.unread, session.unreadTotal - (session.baseline?.problems ?? 0), open.files.map((file, at) => inputName(file, open.dialects[at].member))),
    outputs,
    decisions: {
      threshold: session.threshold, ...models,
      rules: { sha256: await sha256(canonicalJson(rules)), count: rules.length, own: ruleChanges.own.length, off: ruleChanges.off.length, splits: ruleChanges.splits.length },
      corrections: { corrected: said.size - confirmed, confirmed },
    },
    spotCheck: result === null || stale ? null : { correct: result.k, judged: result.n, low: result.low, high: result.high, seed: result.seed, date: result.date },
  };
}
