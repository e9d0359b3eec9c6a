import { sha256 } from 'hash-wasm';
import { MASK_VERSION } from '../../contract/pattern.ts';
import { checkRules } from '../rules/check-rule.ts';
import type { Bundle, BundledModel } from './bundle.ts';
import { refuse } from './decode.ts';
import { decodeBundle } from './decode-bundle.ts';
import { parseGuarded } from './json-guard.ts';

export interface ReadBundleOptions {
  /** Looks into a model's file. Rejects, saying why, with one that cannot be used. Default: none can. */
  readonly inspect?: (model: BundledModel) => Promise<void>;
}

/**
 * Reads a bundle of unknown origin. All of it is looked at before any of it is given back.
 * @throws Failure 'bundle-refused', naming the place and the reason
 */
export async function parseBundle(bytes: Uint8Array, { inspect }: ReadBundleOptions = {}): Promise<Bundle> {
  const bundle = decodeBundle(parseGuarded(bytes), MASK_VERSION);
  const { own } = bundle.rules;
  const bad = checkRules(own);
  if (bad !== null) refuse(`rules.own[${own.indexOf(bad.rule)}]`, `cannot be used: ${bad.reason.replace(/\.$/, '')}`);
  for (const [index, model] of bundle.models.entries()) {
    const at = `models[${index}]`;
    // From a library because `crypto.subtle` is missing on plain http.
    if ((await sha256(model.onnx)) !== model.sha256) refuse(`${at}.onnx`, 'is not the file that its SHA-256 was taken of');
    if (inspect === undefined) refuse(at, 'is a model, and models cannot be added here');
    try {
      await inspect(model);
    } catch (error) {
      refuse(`${at}.onnx`, `cannot be used: ${(error instanceof Error ? error.message : String(error)).replace(/\.$/, '')}`);
    }
  }
  return bundle;
}

const START = /^\uFEFF?\s*\{\s*"format"\s*:\s*"winnow-bundle"/;
/** So many bytes tell what a file is. */
export const BUNDLE_HEAD_BYTES = 256;

/** Whether a file that begins like this says that it is a bundle. */
export function looksLikeBundle(head: Uint8Array): boolean {
  return START.test(new TextDecoder().decode(head.subarray(0, BUNDLE_HEAD_BYTES)));
}
