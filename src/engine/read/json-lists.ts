/** Names of lists that hold entries, whatever else stands beside them. */
const KNOWN = /(^|\.)(records|events|logevents|entries|hits|logs|items|messages|rows|value|values|data|results?)$/i;
/** Share of the text that a list must make up. */
const SHARE = 0.5;
const DEEPEST = 8;
/** Spaces that may stand between a bracket and the first object. */
const LOOK_AHEAD = 400;

interface OpenList {
  readonly path: string;
  readonly from: number;
}

/**
 * Dotted path of the list of objects that makes up most of the object with which the text begins; '' where there is none.
 * The text may be cut anywhere.
 */
export function listPath(text: string): string {
  const sizes = new Map<string, number>();
  const names: string[] = [];
  const kinds: string[] = [];
  let list: OpenList | null = null;
  let name = '';
  let end = text.length;
  for (let at = 0; at < text.length; at++) {
    const found = text[at];
    if (found === '"') {
      const close = stringEnd(text, at);
      if (/^\s*:/.test(text.slice(close + 1, close + 20))) name = text.slice(at + 1, close);
      at = close;
      continue;
    }
    if (found === '[' || found === '{') {
      if (list === null && found === '[' && kinds.length > 0 && kinds.length < DEEPEST && kinds.every((kind) => kind === '{') && /^\s*\{/.test(text.slice(at + 1, at + LOOK_AHEAD))) {
        list = { path: [...names.slice(1), name].join('.'), from: at };
      }
      names.push(name);
      kinds.push(found);
      continue;
    }
    if (found !== ']' && found !== '}') continue;
    kinds.pop();
    names.pop();
    if (list !== null && found === ']' && kinds.every((kind) => kind === '{')) {
      sizes.set(list.path, at - list.from);
      list = null;
    }
    if (kinds.length === 0) {
      end = at + 1;
      break;
    }
  }
  if (list !== null) sizes.set(list.path, end - list.from);
  const [best, size] = [...sizes].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  // Of many objects that each hold some list, the objects are the entries.
  const alone = end >= text.trimEnd().length;
  return best !== '' && !best.includes('"') && size >= SHARE * end && (alone || KNOWN.test(best)) ? best : '';
}

/** Offset of the quote that closes the string at `at`, or the text's end. */
function stringEnd(text: string, at: number): number {
  let p = at + 1;
  while (p < text.length && text[p] !== '"') p += text[p] === '\\' ? 2 : 1;
  return p;
}
