import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Rule } from '../../../src/contract/rule.ts';
import { failureCode } from '../../../src/contract/failure.ts';
import type { Bundle } from '../../../src/engine/bundle/bundle.ts';
import { parseBundle } from '../../../src/engine/bundle/read-bundle.ts';
import { writeBundle } from '../../../src/engine/bundle/write-bundle.ts';
import { bundleName, isBundleFile } from '../../../src/session/teaching/bundle-file.ts';
import { Bundling } from '../../../src/session/teaching/bundling.svelte.ts';
import { EMPTY, keyOf, lessonOf, modelOf } from '../../engine/bundle/made-bundle.ts';
import { openLab } from './teaching-lab.ts';
import type { Lab } from './teaching-lab.ts';

/** What was handed to the browser as a file. */
let downloads: { name: string; text: string }[] = [];
vi.mock('../../../src/bridge/download-file.ts', () => ({ downloadFile: (name: string, [text]: readonly string[]) => downloads.push({ name, text }) }));
beforeEach(() => { downloads = []; });

const KINDS = ['cart emptied after', 'flux level reads', 'gate opened within', 'old gate opened within', 'order stalled for', 'pump restarted within', 'valve jammed since', 'basket dropped by'];
const LOG = `${Array.from({ length: 200 }, (_, at) => `${KINDS[(at * 7) % KINDS.length]} ${at} ms`).join('\n')}\n`;
const FRAUD = { name: 'Fraud', meaning: 'somebody cheats', colour: { light: '#0b7285', dark: '#3bc9db' }, problem: true };
const OWN_RULE: Rule = { id: 'flux', pattern: 'flux level', label: 'Fraud', about: 'a level', origin: 'own' };

interface Desk extends Lab {
  readonly bundling: Bundling;
}

async function desk(log = LOG): Promise<Desk> {
  const lab = await openLab(log);
  const { board, teaching } = lab;
  const bundling = new Bundling({
    board, teaching, lessons: () => teaching.standing.lift(), settled: () => true, files: () => [new File([log], 'a.log')], madeBy: 'test',
    setThreshold: (value) => { board.threshold = value; board.refresh(); }, useReplay: (replay) => board.useReplay(replay),
    models: { added: { models: [], mode: 'add' }, useModels: () => Promise.reject(new Error('no models here')), encoderId: () => Promise.resolve('test') },
  });
  return Object.assign(lab, { bundling });
}

/** Says a few things, of each kind one. */
async function teach({ teaching, pattern }: Lab): Promise<void> {
  await teaching.addCategory(FRAUD);
  await teaching.changeRules('a rule', { own: [OWN_RULE], off: [], splits: [] });
  await teaching.label([pattern('valve'), pattern('cart')], 'Fraud');
  await teaching.confirm([pattern('pump')]);
}

async function saved({ bundling }: Desk, options = { examples: false }): Promise<File> {
  await bundling.save(options);
  const { name, text } = downloads[downloads.length - 1];
  return new File([text], name);
}

/** All that an export would say. */
function verdicts({ board: { verdicts: columns } }: Lab): unknown {
  if (columns === null) return null;
  return Array.from(columns.label, (label, at) => [columns.labels[label], columns.confidence[at], columns.decider[at], columns.problem[at]]);
}

describe('a bundle', () => {
  test('saved here and loaded elsewhere gives the same verdicts, to the row', async () => {
    const [one, two] = [await desk(), await desk()];
    await teach(one);
    expect(await one.rows()).not.toEqual(await two.rows());
    await two.bundling.look(await saved(one));
    expect(two.bundling.offer).toMatchObject({ file: 'a.winnow.json', conflicts: [], blank: true });
    expect(await two.bundling.apply('replace')).toBe(true);
    expect(await two.rows()).toEqual(await one.rows());
    expect(verdicts(two)).toEqual(verdicts(one));
    // And saved from there it is the same file, but for the time.
    expect((await (await saved(two)).text()).replace(/"createdAt": "[^"]*"/, '')).toBe(downloads[0].text.replace(/"createdAt": "[^"]*"/, ''));
  });

  test('is taken over in one step: undo brings back what was', async () => {
    const [one, two] = [await desk(), await desk()];
    await teach(one);
    await two.teaching.label([two.pattern('basket')], 'User Action');
    const before = verdicts(two);
    await two.bundling.look(await saved(one));
    await two.bundling.apply('replace');
    expect(verdicts(two)).not.toEqual(before);
    await two.teaching.undo();
    expect(verdicts(two)).toEqual(before);
    expect(two.teaching.own).toEqual([]);
    await two.teaching.redo();
    expect(verdicts(two)).toEqual(verdicts(one));
  });

  test('merged keeps mine, adds theirs, and does in conflicts what was chosen', async () => {
    const [one, two] = [await desk(), await desk()];
    await teach(one);
    await two.teaching.label([two.pattern('basket'), two.pattern('valve'), two.pattern('cart')], 'User Action');
    await two.bundling.look(await saved(one));
    const conflicts = two.bundling.offer?.conflicts ?? [];
    expect(conflicts.map(({ kind, mine, theirs }) => [kind, mine, theirs])).toEqual([['pattern', 'User Action', 'Fraud'], ['pattern', 'User Action', 'Fraud']]);
    const cart = conflicts.find(({ what }) => what.startsWith('cart'));
    await two.bundling.apply('merge', new Map([[cart?.id ?? '', 'theirs']]));
    const said = (start: string): string => two.board.verdict(two.pattern(start)).label;
    expect(['basket', 'valve', 'cart', 'flux'].map(said)).toEqual(['User Action', 'User Action', 'Fraud', 'Fraud']);
    expect(two.teaching.own).toEqual([FRAUD]);
  });

  test('that is refused changes nothing', async () => {
    const lab = await desk();
    await teach(lab);
    const good = await saved(lab);
    const { snapshot } = lab.teaching;
    const columns = lab.board.verdicts;
    const text = (await good.text()).replace('"level":0', '"level":99');
    await expect(lab.bundling.look(new File([text], 'x.winnow.json'))).rejects.toSatisfy((error) => failureCode(error) === 'bundle-refused' && /level is not between/.test((error as Error).message));
    const withModel = writeBundle({ ...EMPTY, models: [await modelOf('not a model')] });
    await expect(lab.bundling.look(new File([withModel], 'x.winnow.json'))).rejects.toSatisfy((error) => /models\[0\]\.onnx cannot be used/.test((error as Error).message));
    expect(lab.bundling.offer).toBeNull();
    expect(await lab.bundling.apply('replace')).toBe(false);
    expect(lab.teaching.snapshot).toBe(snapshot);
    expect(lab.board.verdicts).toBe(columns);
  });

  test('whose rules the person does not wait for leaves all as it was', async () => {
    const lab = await desk();
    await teach(lab);
    const before = verdicts(lab);
    const other = writeBundle({ ...EMPTY, threshold: 0.9, rules: { own: [{ ...OWN_RULE, pattern: 'gate' }], off: [], splits: [] }, lessons: [lessonOf('Error', ['other'])] });
    await lab.bundling.look(new File([other], 'x.winnow.json'));
    lab.giveUp = true;
    expect(await lab.bundling.apply('replace')).toBe(false);
    expect(lab.board.threshold).toBe(0.5);
    expect(verdicts(lab)).toEqual(before);
  });

  test('holds raw lines only where that was ticked, and says so', async () => {
    const lab = await desk();
    await teach(lab);
    const plain = await (await saved(lab)).text();
    const ticked = await (await saved(lab, { examples: true })).text();
    expect(plain).not.toMatch(/since \d+ ms/);
    expect(ticked).toMatch(/valve jammed since \d+ ms/);
    expect((await lab.bundling.inside({ examples: true })).lines.find(({ what }) => what === 'Raw example lines')).toMatchObject({ count: 3, raw: true });
    expect((await lab.bundling.inside({ examples: false })).lines.filter(({ raw }) => raw)).toEqual([]);
  });
});

describe('recorded verdicts', () => {
  /** A bundle whose record differs from what models say here, as that of another back end may. */
  async function tampered(lab: Desk): Promise<File> {
    const text = await (await saved(lab)).text();
    const bundle: Bundle = await parseBundle(new TextEncoder().encode(text));
    return new File([writeBundle({ ...bundle, verdicts: bundle.verdicts.map((verdict) => ({ ...verdict, label: 'Deprecation Warning', guess: 'Deprecation Warning', confidence: 0.625, by: 'model', unsure: '' })) })], 'x.winnow.json');
  }

  test('hold while the same is taught, not after, and again after undo; and not at another threshold', async () => {
    const lab = await desk();
    await teach(lab);
    await lab.bundling.look(await tampered(lab));
    await lab.bundling.apply('replace');
    expect(await lab.bundling.checkReplay()).toBe(true);
    lab.board.refresh();
    const gate = lab.pattern('gate');
    expect(lab.board.verdicts?.confidence[gate]).toBe(0.625);
    const replayed = verdicts(lab);
    await lab.teaching.label([lab.pattern('basket')], 'Error');
    expect(await lab.bundling.checkReplay()).toBe(true);
    lab.board.refresh();
    expect(lab.board.verdicts?.confidence[gate]).not.toBe(0.625);
    await lab.teaching.undo();
    expect(await lab.bundling.checkReplay()).toBe(true);
    lab.board.refresh();
    expect(verdicts(lab)).toEqual(replayed);

    lab.board.threshold = 0.9;
    lab.bundling.changed();
    expect(lab.board.verdicts?.confidence[gate]).not.toBe(0.625);
    lab.board.threshold = 0.5;
    lab.bundling.changed();
    await vi.waitFor(() => expect(verdicts(lab)).toEqual(replayed));
  });
});

test('what is not saved yet is counted, and what is taken back after saving too', async () => {
  const lab = await desk();
  const counted = async (wanted: number): Promise<void> => {
    lab.bundling.changed();
    await vi.waitFor(() => expect(lab.bundling.unsaved).toBe(wanted), 3000);
  };
  await lab.teaching.label([lab.pattern('valve'), lab.pattern('cart')], 'Error');
  await counted(2);
  await saved(lab);
  expect(lab.bundling.unsaved).toBe(0);
  await lab.teaching.label([lab.pattern('valve')], 'User Action');
  await counted(1);
  await lab.teaching.undo();
  await counted(0);
  await lab.teaching.unsay([lab.pattern('cart')]);
  await counted(1);
});

test('a bundle is told from a log by name or by what it begins with', async () => {
  const text = writeBundle({ ...EMPTY, lessons: [{ ...lessonOf('Error', []), keys: [keyOf('a')] }] });
  expect(await isBundleFile(new File([text], 'renamed.txt'))).toBe(true);
  expect(await isBundleFile(new File(['broken'], 'MINE.WINNOW.JSON'))).toBe(true);
  expect(await isBundleFile(new File([LOG], 'a.json'))).toBe(false);
  expect(bundleName([{ name: 'logs.2025.csv' }], new Date(0))).toBe('logs.2025.winnow.json');
  expect(bundleName([], new Date(0))).toBe('taught-1970-01-01.winnow.json');
});
