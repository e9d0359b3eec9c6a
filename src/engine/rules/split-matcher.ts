import type { PartPlace, Rule, RulePart } from '../../contract/rule.ts';
import { hashBytes, hashPair } from '../patterns/hash.ts';
import type { Masker } from '../patterns/mask.ts';
import { keepsApart } from '../patterns/opposite-words.ts';
import { WILDCARD } from '../patterns/placeholder.ts';
import { TokenSpans } from '../patterns/token-spans.ts';
import { compareSplits } from './split-rule.ts';

const SPACE = 0x20;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text that bytes are compared with. */
interface Wanted {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** A split made ready. */
interface Split {
  /** Index of its rule. */
  readonly index: number;
  /** Of two that an entry is part of, the lower one counts. */
  readonly order: number;
  readonly places: readonly (PartPlace & { readonly wanted: Wanted })[];
}

/** Splits of one pattern. */
interface Group {
  readonly level: number;
  readonly http: number;
  /** Tokens of its text; null = any that may stand for a wildcard. */
  readonly tokens: readonly (Wanted | null)[];
  readonly splits: Split[];
}

/** Splits are few, and so are their entries: an entry's first token settles nearly all that are of none. */
export class SplitMatcher {
  private readonly byFirst = new Map<number, Group[]>();
  private readonly spans = new TokenSpans();
  /** Wildcards of the text that was last compared whose tokens keep patterns apart: only a split that asks for just that token is of them. */
  private apart: number[] = [];

  /** Null where no rule is a split, so that entries need not be asked. */
  static of(rules: readonly Rule[]): SplitMatcher | null {
    return rules.some((rule) => rule.part !== undefined) ? new SplitMatcher(rules) : null;
  }

  private constructor(rules: readonly Rule[]) {
    const groups = new Map<string, Group>();
    const parts = rules.map((rule, index) => ({ rule, index })).filter(({ rule }) => rule.part !== undefined).sort((one, other) => compareSplits(one.rule, other.rule));
    parts.forEach(({ rule, index }, order) => {
      const { text, level, http, where } = rule.part as RulePart;
      const name = `${level} ${http} ${text}`;
      let group = groups.get(name);
      if (group === undefined) {
        group = { level, http, tokens: text.split(' ').map((token) => (token === WILDCARD ? null : wanted(token))), splits: [] };
        groups.set(name, group);
        this.file(group);
      }
      group.splits.push({ index, order, places: where.map((place) => ({ ...place, wanted: wanted(place.value) })) });
    });
  }

  /** Index of the split rule that the masker's last message, bytes[start, end), is part of, or -1. */
  match(masker: Masker, level: number, bytes: Uint8Array, start: number, end: number): number {
    let first = 0;
    while (first < masker.length && masker.out[first] !== SPACE) first++;
    let found: Split | null = null;
    for (const name of [nameOf(masker.out, first), ANY_FIRST]) {
      for (const group of this.byFirst.get(name) ?? []) {
        if (group.level !== level || group.http !== masker.http || !this.hasText(group, masker)) continue;
        this.spans.read(masker);
        const split = group.splits.find((one) => this.isPart(one, bytes, start, end));
        if (split !== undefined && (found === null || split.order < found.order)) found = split;
      }
    }
    return found === null ? -1 : found.index;
  }

  private file(group: Group): void {
    const [first] = group.tokens;
    const name = first === null || isDamaged(first) ? ANY_FIRST : nameOf(first.bytes, first.bytes.length);
    const others = this.byFirst.get(name);
    if (others === undefined) this.byFirst.set(name, [group]);
    else others.push(group);
  }

  /** Whether the masked text is one that merging could have put into the group's pattern. */
  private hasText({ tokens }: Group, { out, length }: Masker): boolean {
    this.apart = [];
    let at = 0;
    for (let index = 0; index < tokens.length; index++) {
      if (at > length) return false;
      const token = tokens[index];
      let end = at;
      while (end < length && out[end] !== SPACE) end++;
      if (token === null) {
        if (keepsApart(decoder.decode(out.subarray(at, end)))) this.apart.push(index);
      } else if (!equals(token, out, at, end)) return false;
      at = end + 1;
    }
    return at > length;
  }

  private isPart({ places }: Split, bytes: Uint8Array, start: number, end: number): boolean {
    const { spans } = this;
    for (const { token, wanted } of places) {
      if (token === null ? !equals(wanted, bytes, start, end) : token >= spans.count || !equals(wanted, spans.bytes, spans.from[token], spans.to[token])) return false;
    }
    return this.apart.every((index) => places.some(({ token }) => token === index));
  }
}

/** No hash is a fraction. */
const ANY_FIRST = 0.5;

function nameOf(bytes: Uint8Array, length: number): number {
  hashBytes(bytes, length, 0);
  return hashPair.low;
}

function wanted(text: string): Wanted {
  return { text, bytes: encoder.encode(text) };
}

/** Bytes that are no UTF-8 are compared as they are shown. */
function isDamaged({ text }: Wanted): boolean {
  return text.includes('\ufffd');
}

function equals(wanted: Wanted, bytes: Uint8Array, from: number, to: number): boolean {
  if (isDamaged(wanted)) return decoder.decode(bytes.subarray(from, to)) === wanted.text;
  const { bytes: same } = wanted;
  if (to - from !== same.length) return false;
  for (let at = 0; at < same.length; at++) if (bytes[from + at] !== same[at]) return false;
  return true;
}
