/** The dialog of the language model, opened from several places. */
class LlmDialogOpen {
  open = $state(false);
  /** Files of a model that were dropped or chosen; none where the dialog was just opened. */
  given = $state.raw<readonly File[]>([]);

  show(given: readonly File[] = []): void {
    this.given = given;
    this.open = true;
  }
}
export const llmDialog = new LlmDialogOpen();
