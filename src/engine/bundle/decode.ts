import { Failure } from '../../contract/failure.ts';
import { UNSEEN } from '../../contract/unseen.ts';

/** Makes a value of one type out of whatever a file held, or refuses it. `at` is its place: "lessons[3].keys[0].level". */
export type Decoder<T> = (value: unknown, at: string) => T;

const LINE_ENDS = /[\t\r\n]/g;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** @throws Failure 'bundle-refused' */
export function refuse(at: string, what: string): never {
  throw new Failure('bundle-refused', `The bundle was refused, and nothing was changed: ${at === '' ? 'it' : at} ${what}.`);
}

/** Any text: masked texts and messages hold whatever a log held. */
export function anyText(longest: number): Decoder<string> {
  return (value, at) => {
    if (typeof value !== 'string') refuse(at, `is ${kindOf(value)}, not a text`);
    if (value.length > longest) refuse(at, `is longer than ${longest.toLocaleString('en')} characters`);
    if (LONE_SURROGATE.test(value)) refuse(at, 'holds half a character');
    return value;
  };
}

/** A text that is shown as a name: not blank, and nothing in it is invisible. */
export function name(longest: number): Decoder<string> {
  const any = anyText(longest);
  return (value, at) => {
    const text = any(value, at);
    if (UNSEEN.test(text)) refuse(at, 'holds characters that cannot be seen');
    if (text.trim() === '') refuse(at, 'is empty');
    return text;
  };
}

/** A few words in a person's own hand, perhaps on several lines, perhaps none. */
export function words(longest: number): Decoder<string> {
  const any = anyText(longest);
  return (value, at) => {
    const text = any(value, at);
    if (UNSEEN.test(text.replace(LINE_ENDS, ' '))) refuse(at, 'holds characters that cannot be seen');
    return text;
  };
}

export function textLike(form: RegExp, what: string): Decoder<string> {
  const any = anyText(200);
  return (value, at) => {
    const text = any(value, at);
    if (!form.test(text)) refuse(at, `is not ${what}`);
    return text;
  };
}

export function number(low: number, high: number): Decoder<number> {
  return (value, at) => {
    if (typeof value !== 'number') refuse(at, `is ${kindOf(value)}, not a number`);
    if (!(value >= low && value <= high)) refuse(at, `is not between ${low} and ${high}`);
    return value;
  };
}

export function integer(low: number, high: number): Decoder<number> {
  const any = number(low, high);
  return (value, at) => {
    const found = any(value, at);
    if (!Number.isInteger(found)) refuse(at, 'is not a whole number');
    return found;
  };
}

export const truth: Decoder<boolean> = (value, at) => (typeof value === 'boolean' ? value : refuse(at, `is ${kindOf(value)}, not true or false`));

export function oneOf<const T extends string>(values: readonly T[]): Decoder<T> {
  return (value, at) => values.find((one) => one === value) ?? refuse(at, `is not one of: ${values.map((one) => (one === '' ? 'nothing' : one)).join(', ')}`);
}

export function orNull<T>(decoder: Decoder<T>): Decoder<T | null> {
  return (value, at) => (value === null ? null : decoder(value, at));
}

export function list<T>(item: Decoder<T>, most: number, least = 0): Decoder<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) refuse(at, `is ${kindOf(value)}, not a list`);
    if (value.length > most) refuse(at, `has more than ${most.toLocaleString('en')} items`);
    if (value.length < least) refuse(at, 'is empty');
    return value.map((one: unknown, index) => item(one, `${at}[${index}]`));
  };
}

/** An object with these fields, all of them unless named in `optional`, and no others. */
export function fields<T extends object>(decoders: { readonly [K in keyof T]-?: Decoder<T[K]> }, optional: readonly (keyof T & string)[] = []): Decoder<T> {
  const names = Object.keys(decoders) as (keyof T & string)[];
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(at, `is ${kindOf(value)}, not an object`);
    for (const name of Object.keys(value)) {
      if (!(names as readonly string[]).includes(name)) refuse(at, `has a field ${quoted(name)} that is not known here`);
    }
    const found: Partial<T> = {};
    for (const name of names) {
      if (Object.hasOwn(value, name)) found[name] = decoders[name]((value as Record<string, unknown>)[name], at === '' ? name : `${at}.${name}`);
      else if (!optional.includes(name)) refuse(at, `has no field ${quoted(name)}`);
    }
    return found as T;
  };
}

/** Refuses the second of two items that are the same by what `of` gives. */
export function distinct<T>(items: readonly T[], of: (item: T) => string, at: string, what: string): void {
  const seen = new Set<string>();
  items.forEach((item, index) => {
    const name = of(item);
    if (seen.has(name)) refuse(`${at}[${index}]`, `repeats ${what} of an earlier one`);
    seen.add(name);
  });
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { string: 'a text', number: 'a number', boolean: 'true or false', object: 'an object' }[typeof value as string] ?? 'missing';
}

function quoted(name: string): string {
  return `“${cut(name)}”`;
}

/** Names come from the file: what is shown of them is short and visible. */
function cut(name: string): string {
  const shown = name.replace(new RegExp(UNSEEN, 'gu'), '�');
  return shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
}
