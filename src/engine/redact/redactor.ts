import { RE2JS } from 're2js';
import type { Redaction, RedactionKind } from '../../contract/export.ts';
import { Failure } from '../../contract/failure.ts';
import { findAddresses } from './addresses.ts';
import { findCards } from './cards.ts';
import { findEmails } from './emails.ts';
import { mayHold } from './may-hold.ts';
import { SipHash } from './sip-hash.ts';
import { mergeSpans } from './span.ts';
import type { Finder, Span } from './span.ts';
import { findTokens, isSecretName } from './tokens.ts';
import { traitsOf } from './traits.ts';
import { unescaped } from './unescaped.ts';

const FINDERS: Readonly<Record<RedactionKind, Finder>> = { address: findAddresses, email: findEmails, token: findTokens, card: findCards };
/** 40 bits: among 100,000 different values, two look alike once in 200 such files. */
const HEX_DIGITS = 10;
/** Values whose stand-ins are remembered; then it begins anew. */
const MOST_REMEMBERED = 1 << 16;
const MOST_OWN_CHARS = 1000;
/** Each is tried on every text. */
const MOST_OWN = 100;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Replaces values by stand-ins, equal ones by equal ones. Time is linear in the text. */
export class Redactor {
  /** Values replaced so far. */
  replaced = 0;
  private readonly finders: readonly Finder[];
  private readonly hash: SipHash;
  /** A name alone can tell that a value is secret. */
  private readonly secretive: boolean;
  /** A person's expressions may match any text. */
  private readonly anything: boolean;
  private readonly remembered = new Map<string, string>();

  /** @throws Failure 'rules-refused', naming the expression that cannot be used */
  constructor({ kinds, own, key }: Redaction) {
    if (own.length > MOST_OWN) throw new Failure('rules-refused', `These are ${own.length.toLocaleString('en')} expressions; up to ${MOST_OWN} can be used to hide values. Join some of them with |, as in “one|two”; nothing has been saved.`);
    this.finders = [...own.filter((expression) => expression !== '').map(ownFinder), ...kinds.map((kind) => FINDERS[kind])];
    this.anything = own.length > 0;
    this.secretive = kinds.includes('token');
    this.hash = new SipHash(key);
  }

  /** What would be replaced, in order, without overlaps. */
  spans(text: string): readonly Span[] {
    const found: Span[] = [];
    this.find(text, found);
    const bare = unescaped(text);
    if (bare !== text) this.find(bare, found);
    return mergeSpans(text, found);
  }

  private find(text: string, found: Span[]): void {
    const traits = traitsOf(text);
    for (const find of this.finders) find(text, found, traits);
  }

  /** The text with stand-ins; the very same where there is nothing to replace. */
  text(text: string): string {
    const spans = this.spans(text);
    if (spans.length === 0) return text;
    let out = '';
    let done = 0;
    for (const span of spans) {
      out += text.slice(done, span.start) + this.standIn(span);
      done = span.end;
    }
    this.replaced += spans.length;
    return out + text.slice(done);
  }

  /** As `text`, of UTF-8; null where there is nothing to replace. Bytes that are no UTF-8 become U+FFFD where there is. */
  bytes(bytes: Uint8Array, from: number, to: number): Uint8Array | null {
    if (from >= to || this.passes(bytes, from, to)) return null;
    const text = decoder.decode(bytes.subarray(from, to));
    const redacted = this.text(text);
    return redacted === text ? null : encoder.encode(redacted);
  }

  /** Whether a glance shows that UTF-8 bytes[from, to) hold nothing to replace. */
  passes(bytes: Uint8Array, from: number, to: number): boolean {
    return !this.anything && !mayHold(bytes, from, to);
  }

  /** Values in a column or field of this name are secrets whatever they look like. */
  hides(name: string): boolean {
    return this.secretive && isSecretName(name);
  }

  /** A stand-in for all of a text that is a secret by the name of its column. */
  whole(text: string): string {
    if (text === '') return text;
    this.replaced++;
    return this.standIn({ start: 0, end: text.length, kind: 'token', value: text });
  }

  private standIn({ kind, value }: Span): string {
    const name = `${kind} ${value}`;
    let made = this.remembered.get(name);
    if (made === undefined) {
      if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
      made = `[${kind} ${this.hash.hex(encoder.encode(name)).slice(0, HEX_DIGITS)}]`;
      this.remembered.set(name, made);
    }
    return made;
  }
}

/** A person's own expression, without regard to case, as in rules. */
function ownFinder(expression: string): Finder {
  const refuse = (why: string): Failure => new Failure('rules-refused', `The expression “${expression.slice(0, 200)}” cannot be used to hide values: ${why} Correct it or take it off the list; nothing has been saved.`);
  if (expression.length > MOST_OWN_CHARS) throw refuse(`it is longer than ${MOST_OWN_CHARS} characters.`);
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    throw refuse(`${error instanceof Error ? error.message : String(error)}.`);
  }
  return (text, found) => {
    const matcher = compiled.matcher(text);
    while (matcher.find()) {
      const start = matcher.start();
      const end = matcher.end();
      if (end > start) found.push({ start, end, kind: 'own', value: text.slice(start, end) });
    }
  };
}
