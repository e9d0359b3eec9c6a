import { Failure } from '../../contract/failure.ts';

/** A part of the program that is loaded when it is first needed. @throws Failure 'llm-unavailable' where it cannot be had */
export async function pagePart<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch {
    throw new Failure('llm-unavailable', 'This part of the page could not be loaded: the site does not answer, or it has been updated since this page was opened. Try again; if it stays so, save your work and reload the page.');
  }
}
