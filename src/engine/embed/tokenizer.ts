import { Tokenizer } from '@huggingface/tokenizers';
import { Failure } from '../../contract/failure.ts';

/** Ids of a text's tokens, [CLS] and [SEP] included, at most `maxTokens` of them. */
export type Tokenize = (text: string) => number[];

/**
 * Characters looked at. The first 46 word pieces of real messages end long before; without a limit a line of
 * megabytes would be split into words only to throw them away.
 */
export const MAX_CHARS = 4096;

/** @param bytes a standard tokenizer.json  @throws Failure 'model-runtime' if it is not one */
export function openTokenizer(bytes: Uint8Array, maxTokens: number): Tokenize {
  const tokenizer = parse(bytes);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const separator = tokenizer.token_to_id('[SEP]');
  if (separator === undefined) throw new Failure('model-runtime', 'The tokenizer has no [SEP] token: it does not belong to this encoder.');
  return (text) => {
    // Through UTF-8 and back: half a surrogate pair, which the cut can leave, becomes U+FFFD.
    const { ids } = tokenizer.encode(decoder.decode(encoder.encode(text.slice(0, MAX_CHARS))));
    if (ids.length <= maxTokens) return ids;
    const cut = ids.slice(0, maxTokens);
    cut[maxTokens - 1] = separator;
    return cut;
  };
}

function parse(bytes: Uint8Array): Tokenizer {
  try {
    return new Tokenizer(JSON.parse(new TextDecoder().decode(bytes)) as object, {});
  } catch (error) {
    throw new Failure('model-runtime', `The tokenizer could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
