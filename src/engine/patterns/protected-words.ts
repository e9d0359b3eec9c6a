import { decidesLocally } from './local-outcomes.ts';

/**
 * Words that decide what a line means. Keys that differ in one of them are never merged, and a quoted one
 * is never masked. Lower case; a token is looked up with its punctuation stripped.
 */
const WORDS = `
ok okay success successful successfully succeeded succeed passed pass good fine
fail fails failed failing failure failures error errors err erroneous exception fault faulty fatal critical crit panic
severe warning warn notice info debug trace alert emergency emerg
accept accepted accepting deny denied denying reject rejected allow allowed permit permitted grant granted refuse refused
block blocked unblock unblocked ban banned unban unbanned drop dropped forbid forbidden
up down on off online offline enabled disabled enable disable active inactive activated deactivated alive dead
true false yes no none null
start starts started starting stop stops stopped stopping restart restarted restarting begin began begun end ended ending
complete completed completing finish finished finishing done abort aborted aborting cancel cancelled canceled cancelling
open opened opening close closed closing connect connected connecting connection disconnect disconnected disconnecting disconnection
login logout logon logoff logged signed in out into
create created creating delete deleted deleting remove removed removing add added adding update updated updating
install installed installing uninstall uninstalled upgrade upgraded upgrading configure configured unpack unpacked
mount mounted unmount unmounted attach attached detach detached bind bound unbind
valid invalid verified unverified trusted untrusted authorized unauthorized authorised unauthorised authenticated unauthenticated
known unknown found missing lost recovered recovery available unavailable reachable unreachable
healthy unhealthy degraded ready notready unready running pending waiting killed kill terminated terminating crashed crash exited exit
timeout timed retry retrying retried giving expired expire expires exceeded exceed exhausted full empty low high
deprecated obsolete unsupported supported removed legacy
primary secondary master slave leader follower standby promoted demoted joined left
read write reading writing sent received send receive sending receiving upload uploaded download downloaded
commit committed rollback rolled save saved saving load loaded loading restore restored backup
not never cannot can't couldn't unable without
scheduled skipped ignored resumed resume paused pause suspended suspend locked unlocked lock unlock
corrupt corrupted corruption clean dirty consistent inconsistent corrected uncorrected correctable uncorrectable
get post put patch head options
normal abnormal slow fast hot cold over under above below
`;

export const PROTECTED_WORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter(Boolean));

/** Whether a token (with whatever punctuation around it) holds a word that decides the meaning. */
export function isProtected(token: string): boolean {
  const words = wordsOf(token);
  return (words !== null && words.some((word) => PROTECTED_WORDS.has(word))) || decidesLocally(token, words);
}

/** The words that a token holds, in lower case: `'failed'`, `login_failed` and `LoginFailed` all hold "failed". */
export function wordsOf(token: string): string[] | null {
  return token.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().match(/[a-z]+(?:'[a-z]+)?/g);
}
