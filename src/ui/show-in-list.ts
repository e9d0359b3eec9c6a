import { tick } from 'svelte';
import type { View } from '../session/view.svelte.ts';

/** Shows a pattern in the list of all patterns, whatever was filtered before, and gives the list the focus. Close the dialog it is asked from first. */
export async function showInList(view: View, pattern: number): Promise<void> {
  view.list = 'patterns';
  view.reset();
  view.selected = pattern;
  // The dialog that closes gives the focus back to its button first.
  await tick();
  document.querySelector<HTMLElement>('[role="grid"]')?.focus();
}
