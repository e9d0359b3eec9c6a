import { createSHA256 } from 'hash-wasm';
import type { DigestStep } from '../../contract/export.ts';
import { Failure } from '../../contract/failure.ts';
import type { ByteSource } from './byte-source.ts';

/** The bytes of a file as it was dropped: compressed where it is. */
export type HashedFile = Pick<ByteSource, 'name' | 'size' | 'read'>;

const CHUNK_BYTES = 1 << 22;

/** SHA-256 (FIPS 180-4) of files, part by part and one after the other: memory does not grow with them. A file that comes more than once (an archive, for each of its members) is hashed once. */
export class DigestJob {
  private readonly files: readonly HashedFile[];
  /** Files may grow meanwhile: what was read when hashing began is hashed. */
  private readonly sizes: readonly number[];
  private readonly hashes: string[] = [];
  private readonly total: number;
  private hasher: Awaited<ReturnType<typeof createSHA256>> | null = null;
  private at = 0;
  private read = 0;

  constructor(files: readonly HashedFile[]) {
    this.files = files;
    this.sizes = files.map(({ size }) => size);
    this.total = [...new Set(files)].reduce((sum, { size }) => sum + size, 0);
  }

  /** Hashes on for about `budget` ms. @throws Failure as of ByteSource */
  async step(budget: number): Promise<DigestStep> {
    const until = performance.now() + budget;
    do await this.advance();
    while (this.hashes.length < this.files.length && performance.now() < until);
    return { hashes: [...this.hashes], sizes: this.sizes, read: this.read, total: this.total, done: this.hashes.length === this.files.length };
  }

  private async advance(): Promise<void> {
    const file = this.files[this.hashes.length];
    if (file === undefined) return;
    const known = this.hashes[this.files.indexOf(file)];
    if (known !== undefined) {
      this.hashes.push(known);
      return;
    }
    const size = this.sizes[this.hashes.length];
    this.hasher ??= (await createSHA256()).init();
    const bytes = await file.read(this.at, Math.min(CHUNK_BYTES, size - this.at));
    if (bytes.length === 0 && this.at < size) throw new Failure('file-changed', `“${file.name}” became shorter while it was read. Open it again when nothing writes to it.`);
    this.hasher.update(bytes);
    this.at += bytes.length;
    this.read += bytes.length;
    if (this.at < size) return;
    this.hashes.push(this.hasher.digest('hex'));
    this.hasher = null;
    this.at = 0;
  }
}
