/** Reports come as tasks of their own, after the script that caused them (W3C CSP 3, section 5.3). */
const REPORTS_MS = 80;

export interface InForce {
  /** What a policy forbids was refused. */
  readonly held: boolean;
  /** The policies' texts, as the browser reports them; some browsers may refuse without telling. */
  readonly texts: readonly string[];
}

/**
 * The policies that this document is under right now, in the browser's own words: it tries to run an empty text as a program,
 * which reaches no network and which each policy forbids and reports with its text. Never rejects.
 */
export async function policiesInForce(): Promise<InForce> {
  let held = false;
  const texts: string[] = [];
  const heard = (event: SecurityPolicyViolationEvent): void => {
    if (event.blockedURI !== 'eval') return;
    texts.push(event.originalPolicy);
    // Asked for, and no request: nobody is to count it.
    event.stopImmediatePropagation();
  };
  addEventListener('securitypolicyviolation', heard, true);
  try {
    // The empty script passes trusted types, so that it is script-src that answers.
    const { trustedTypes } = globalThis as { readonly trustedTypes?: { readonly emptyScript: string } };
    (globalThis.eval as (script: string) => unknown)(trustedTypes?.emptyScript ?? '');
  } catch {
    held = true;
  } finally {
    await new Promise((resolve) => { setTimeout(resolve, REPORTS_MS); });
    removeEventListener('securitypolicyviolation', heard, true);
  }
  return { held, texts };
}

/** The header alone can say who may frame the page: a meta element knows no such directive. */
export const isHeaderPolicy = (text: string): boolean => /(^|;)\s*frame-ancestors\s/.test(text);
