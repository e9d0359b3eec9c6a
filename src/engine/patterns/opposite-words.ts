import { decidesLocally, isBentPhrase } from './local-outcomes.ts';
import { PROTECTED_WORDS, wordsOf } from './protected-words.ts';

/**
 * Further words whose opposites other lines of the same wording have. Unlike the protected words they are masked where
 * they stand quoted, so this list may grow without a change of what the models were trained on.
 */
const WORDS = `
set unset cleared clear raised increase increased increasing decrease decreased decreasing grew shrank rising falling
hit miss hits misses positive negative before after more less greater lower enough insufficient sufficient
acquired released held inserted ejected asserted deasserted tripped reset frozen thawed sealed unsealed
whitelisted blacklisted allowlisted blocklisted vulnerable patched forged mismatched
subscribed unsubscribed registered unregistered deregistered assigned unassigned issued revoked approved declined confirmed disputed
firing resolved unresolved acknowledged muted synced desynced stale idle busy free used stuck hung responsive unresponsive responding
enter enters entering entered leave leaves leaving accepts denies rejects allows permits forbids refuses blocks drops adds removes
exceeds exceeding within met breached violated satisfied passing succeeding errored survived died intact damaged
cordoned uncordoned evicted admitted elected deposed won present absent kept discarded purged retained applied reverted
graceful gracefully forced forcibly cleanly normally abnormally properly improperly unexpectedly partially
correct incorrect right wrong bad safe unsafe insecure stable unstable malicious benign infected suspicious legitimate
green yellow red inbound outbound ingress egress incoming outgoing
`;
const OPPOSITES: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter(Boolean));
const NEGATIONS = ['un', 'in', 'im', 'ir', 'dis', 'de', 'non', 'ab', 'mis'];
/** Words shorter than this have too many chance relatives: `it` and `unit`. */
const STEM_MIN = 4;

/** Whether a token holds a word that lines of opposite meaning differ in; a wildcard must not stand for it. */
export function keepsApart(token: string): boolean {
  const words = wordsOf(token);
  return (words !== null && words.some((word) => PROTECTED_WORDS.has(word) || OPPOSITES.has(word) || word.endsWith("n't"))) || decidesLocally(token, words) || isBentPhrase(token);
}

/** Whether one token negates the other: `handled` and `unhandled`, `non-compliant` and `compliant`. */
export function areOpposite(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one.toLowerCase(), other.toLowerCase()] : [other.toLowerCase(), one.toLowerCase()];
  return short.length >= STEM_MIN && long.endsWith(short) && NEGATIONS.includes(long.slice(0, long.length - short.length).replace('-', ''));
}
