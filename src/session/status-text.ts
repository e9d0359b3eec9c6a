import type { Progress, Stage } from '../contract/view.ts';
import type { LlmProgress, LlmStage } from './llm/stage.ts';

export interface StatusParts {
  readonly stage: Stage;
  readonly complete: boolean;
  readonly entries: number;
  readonly finalShare: number;
  readonly progress: Progress | null;
  readonly saving: Progress | null;
  readonly question: object | null;
  readonly llm?: { readonly stage: LlmStage; readonly progress: LlmProgress | null };
}

/** What is going on, in words, for the live region. Whole per cents, so that a screen reader is not flooded. */
export function statusText(parts: StatusParts): string {
  if (parts.saving !== null) return `Saving: ${share(parts.saving)}.`;
  if (parts.stage === 'empty') return 'No file is open.';
  if (parts.question !== null) return 'Which column holds the message?';
  if (parts.stage === 'failed') return 'The file could not be read.';
  if (parts.stage === 'reading') return parts.progress === null ? 'Opening the file.' : `Reading: ${share(parts.progress)}.`;
  const entries = `${parts.entries.toLocaleString('en')} ${parts.entries === 1 ? 'entry' : 'entries'}`;
  if (parts.stage === 'ready') return parts.complete ? parts.entries === 1 ? 'Ready: the entry has its final category.' : `Ready: all ${entries} have their final category.` : `Ended early: ${entries} read; what was not decided is Unclassified.`;
  if (parts.progress?.what === 'loading-model') return `${entries} read. Loading the model.`;
  const asked = parts.progress === null ? asking(parts.llm) : '';
  if (asked !== '') return asked;
  return `${entries} read. ${Math.floor(parts.finalShare * 1000) / 10} % of rows final.`;
}

function share(progress: Progress): string {
  return progress.total > 0 ? `${Math.floor((progress.done / progress.total) * 100)} %` : 'starting';
}

/** What the language model is doing with what is open; '' where it is not. */
function asking(llm: StatusParts['llm']): string {
  const far = llm?.progress == null ? '' : `: ${llm.progress.done.toLocaleString('en')} of ${llm.progress.total.toLocaleString('en')} ${llm.progress.unit === 'lines' ? 'known lines' : llm.progress.unit}`;
  if (llm?.stage === 'asking') return `Asking the language model${far}.`;
  return llm?.stage === 'checking' ? `Trying the language model${far}.` : '';
}
