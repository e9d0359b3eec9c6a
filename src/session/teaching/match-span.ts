import { RE2JS } from 're2js';

/** Where a rule's expression first matches a message: [from, to) in UTF-16 code units; null where it does not, or cannot be used. */
export function matchSpan(expression: string): (message: string) => readonly [from: number, to: number] | null {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE);
  } catch {
    return () => null;
  }
  return (message) => {
    const matcher = compiled.matcher(message);
    return matcher.find() ? [matcher.start(), matcher.end()] : null;
  };
}
