/** The dialog of own categories, opened from several places. */
class CategoriesOpen {
  open = $state(false);
  /** A new category is for these patterns. */
  patterns = $state.raw<readonly number[]>([]);

  show(patterns: readonly number[] = []): void {
    this.patterns = patterns;
    this.open = true;
  }
}
export const categoriesDialog = new CategoriesOpen();
