/** Cosines between which a text passes from known to unknown: how near a message of a family never seen comes to the corpus. */
export interface NoveltyScale {
  /** Half of them come nearer than this: novelty 0. */
  readonly near: number;
  /** One in two hundred stays farther away: novelty 1. */
  readonly far: number;
}

/** 0 = like what is known … 1 = unlike anything: half from the nearest example, half from words never seen. */
export function noveltyOf(similarity: number, unknownWords: number, { near, far }: NoveltyScale): number {
  const distance = Math.min(1, Math.max(0, (near - similarity) / (near - far)));
  return (distance + unknownWords) / 2;
}
