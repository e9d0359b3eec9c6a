import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Made by tools or by a build; never part of the project. */
const IGNORED = new Set(['node_modules', 'dist', '.git', '.cache', 'test-results', '__pycache__', '.venv']);

export interface Import {
  /** Path from the root for a local file, else the package's specifier. */
  readonly target: string;
  readonly local: boolean;
  /** Erased at build time: `import type` and types named in place. */
  readonly typeOnly: boolean;
  /** Only the address of a built file (`?url`): nothing of it is bundled into the importer. */
  readonly address: boolean;
}

export interface Source {
  /** Path from the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Script of the file; of a component, its script blocks on the lines where they are. */
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Every file of the project below a folder ('' for all), as paths from the root. */
export function files(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (IGNORED.has(entry.name)) return [];
    const path = posix.join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

/** Parses the TypeScript and Svelte files below some folders. */
export function sources(folders: readonly string[]): Source[] {
  const paths = folders.flatMap((folder) => files(folder));
  return paths.filter((path) => /\.(ts|svelte)$/.test(path)).map(parse);
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function parse(path: string): Source {
  const text = read(path);
  const tree = ts.createSourceFile(path, path.endsWith('.svelte') ? scriptOnly(text) : text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  return { path, text, tree, imports: importsOf(path, tree) };
}

/** Blanks everything but script blocks, so that positions keep their lines. */
function scriptOnly(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  let out = '';
  let end = 0;
  for (const match of text.matchAll(/(<script[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = match.index + match[1].length;
    out += blank(text.slice(end, start)) + match[2];
    end = start + match[2].length;
  }
  return out + blank(text.slice(end));
}

/** All nodes of a tree, parents first. */
export function* nodes(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodes(child);
}

/** `path:line` of a node, for messages. */
export function place(source: Source, node: ts.Node): string {
  return `${source.path}:${source.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

function importsOf(path: string, tree: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) found.push(resolve(path, specifier.text, typeOnly));
  };
  for (const node of nodes(tree)) {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
  }
  return found;
}

function resolve(from: string, specifier: string, typeOnly: boolean): Import {
  const bare = specifier.replace(/\?.*$/, '');
  const address = /[?&]url\b/.test(specifier);
  if (!bare.startsWith('.')) return { target: bare, local: false, typeOnly, address };
  const target = relative(ROOT, join(ROOT, dirname(from), bare)).split(sep).join('/');
  return { target, local: true, typeOnly, address };
}
