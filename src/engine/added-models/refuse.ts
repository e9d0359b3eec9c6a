import { Failure } from '../../contract/failure.ts';

/** @throws Failure 'model-refused', always */
export function refuse(name: string, reason: string): never {
  throw new Failure('model-refused', `${name} was not added: ${reason}`);
}
