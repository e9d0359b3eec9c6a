/** Codes of everything that can go wrong and that a person is told about. Errors cross a worker wire as message + name only, so the code travels as the name. */
export const FAILURES = [
  'file-unreadable', 'file-changed', 'file-cut-short', 'file-empty', 'file-binary', 'no-message-column', 'record-too-long',
  'model-missing', 'model-tampered', 'model-self-check', 'model-runtime', 'model-refused', 'llm-refused', 'llm-unavailable', 'llm-lost', 'rules-refused', 'format-refused', 'bundle-refused', 'training-refused', 'worker-died', 'out-of-memory', 'storage-full', 'save-failed', 'internal',
] as const;
export type FailureCode = (typeof FAILURES)[number];

/** An expected failure. `message` says what happened, to which file and line, and what to do now. */
export class Failure extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode, message: string) {
    super(message);
    this.code = code;
    this.name = code;
  }
}

/** The code of an error that may have crossed a wire (where only `name` and `message` survive). */
export function failureCode(error: unknown): FailureCode {
  const name = error instanceof Error ? error.name : '';
  return (FAILURES as readonly string[]).includes(name) ? (name as FailureCode) : 'internal';
}
