import type { OwnCategory } from '../contract/teach.ts';

/** Own categories that have a key: 1…9. */
export const KEYS_MAX = 9;

/** The categories that people added, for whatever needs their colours and keys. The page says once where they are. */
class OwnCategories {
  #read = $state.raw<() => readonly OwnCategory[]>(() => []);
  readonly list = $derived(this.#read());
  readonly #places = $derived(new Map(this.list.map(({ name }, at) => [name, at])));

  /** @param read gives today's list; what it reads is followed */
  follow(read: () => readonly OwnCategory[]): void {
    this.#read = read;
  }

  of(name: string): OwnCategory | undefined {
    const at = this.#places.get(name);
    return at === undefined ? undefined : this.list[at];
  }

  /** The digit that labels with it, or ''. */
  keyOf(name: string): string {
    const at = this.#places.get(name) ?? KEYS_MAX;
    return at < KEYS_MAX ? String(at + 1) : '';
  }
}
export const ownCategories = new OwnCategories();
