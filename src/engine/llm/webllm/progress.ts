import type { LlmLoading } from '../../../contract/llm-api.ts';

/** Shares of the whole: the graphics card's programs are prepared after the weights have been moved. */
const WEIGHTS = 0.9;

/**
 * Where loading is, in words, from what WebLLM 0.2.86 reports.
 * @param report null before the library runs
 */
export function progressOf(report: { readonly text: string; readonly progress: number } | null): LlmLoading {
  if (report === null) return { done: 0, what: 'Looking at the graphics card and the model\'s files' };
  const { text } = report;
  const part = Number.isFinite(report.progress) ? Math.min(1, Math.max(0, report.progress)) : 0;
  if (text === '') return { done: 0, what: 'Starting' };
  if (text.startsWith('Finish')) return { done: 1, what: 'Ready' };
  if (text.startsWith('Loading GPU shader')) return { done: WEIGHTS + (1 - WEIGHTS) * part, what: 'Preparing the graphics card' };
  if (text.startsWith('Loading model')) return { done: WEIGHTS * part, what: 'Moving the model to the graphics card' };
  return { done: 0, what: 'Collecting the model\'s files' };
}
