/** Writes small GGUF files (ggml, docs/gguf.md), right ones and wrong ones. */

export type Meta = Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[]>>;
export interface Tensor { readonly name: string; readonly dims: readonly number[]; readonly type: number; readonly offset: number }

export class GgufBytes {
  private readonly bytes: number[] = [];

  u32(value: number): this {
    for (let byte = 0; byte < 4; byte++) this.bytes.push((value >>> (8 * byte)) & 255);
    return this;
  }

  u64(value: bigint | number): this {
    const big = BigInt(value);
    return this.u32(Number(big & 0xffffffffn)).u32(Number(big >> 32n));
  }

  text(value: string): this {
    const encoded = new TextEncoder().encode(value);
    return this.u64(encoded.length).raw(encoded);
  }

  raw(bytes: Iterable<number>): this {
    for (const byte of bytes) this.bytes.push(byte);
    return this;
  }

  entry(key: string, value: Meta[string]): this {
    this.text(key);
    if (typeof value === 'string') return this.u32(8).text(value);
    if (typeof value === 'boolean') return this.u32(7).raw([value ? 1 : 0]);
    if (typeof value === 'number') return this.u32(4).u32(value);
    const texts = value.every((item) => typeof item === 'string');
    this.u32(9).u32(texts ? 8 : 4).u64(value.length);
    for (const item of value) if (typeof item === 'string') this.text(item); else this.u32(item);
    return this;
  }

  /** Zeros up to the next multiple. */
  pad(to: number): this {
    while (this.bytes.length % to !== 0) this.bytes.push(0);
    return this;
  }

  get length(): number {
    return this.bytes.length;
  }

  file(name = 'model.gguf'): File {
    return new File([new Uint8Array(this.bytes)], name);
  }
}

/** Of a tiny model: what llama.cpp needs to know how large it is. */
export const TINY: Meta = {
  'general.architecture': 'llama', 'general.name': 'Tiny', 'general.license': 'apache-2.0',
  'llama.context_length': 2048, 'llama.embedding_length': 64, 'llama.block_count': 2,
  'llama.attention.head_count': 4, 'llama.attention.head_count_kv': 2,
  'tokenizer.ggml.tokens': ['a', 'bb', 'ccc', 'ä'], 'tokenizer.chat_template': '{{ messages }}',
};

/** Two tensors: 64 × 2 floats, and 64 weights in blocks of 32 (Q4_1, 20 bytes each). */
export const TENSORS: readonly Tensor[] = [{ name: 'a.weight', dims: [64, 2], type: 0, offset: 0 }, { name: 'b.weight', dims: [64], type: 3, offset: 512 }];

/** Header of a file, without the data. */
export function ggufHeader(meta: Meta = TINY, tensors: readonly Tensor[] = TENSORS, version = 3): GgufBytes {
  const bytes = new GgufBytes().raw(new TextEncoder().encode('GGUF')).u32(version).u64(tensors.length).u64(Object.keys(meta).length);
  for (const [key, value] of Object.entries(meta)) bytes.entry(key, value);
  for (const { name, dims, type, offset } of tensors) {
    bytes.text(name).u32(dims.length);
    for (const dim of dims) bytes.u64(dim);
    bytes.u32(type).u64(offset);
  }
  return bytes;
}

/** A whole file, its data zeros. @param data bytes of it; those of TENSORS by default */
export function ggufFile(meta: Meta = TINY, name = 'model.gguf', data = 552): File {
  return ggufHeader(meta).pad(32).raw(new Uint8Array(data)).file(name);
}
