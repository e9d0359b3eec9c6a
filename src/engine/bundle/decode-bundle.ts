import { UNCLASSIFIED } from '../../contract/category.ts';
import { UNSURE } from '../../contract/view.ts';
import { LABELS_MAX, labelAxis } from '../decide/label-axis.ts';
import { fromBase64 } from './base64.ts';
import { BUNDLE_FORMAT, BUNDLE_VERSION, RECORDED_DECIDERS } from './bundle.ts';
import type { Bundle, BundledModel, BundledSpotCheck, RawExample, RecordedVerdict } from './bundle.ts';
import { anyText, distinct, fields, integer, list, name, number, oneOf, orNull, refuse, textLike, words } from './decode.ts';
import type { Decoder } from './decode.ts';
import { categories, label, lessons, level, masked, rules } from './decode-taught.ts';
import { CLASSES_MAX, EXAMPLES_MAX, MESSAGE_MAX, MODELS_MAX, MODEL_BYTES_MAX, MODEL_NAME_MAX, VERDICTS_MAX } from './limits.ts';

const share = number(0, 1);
const unclassified: Decoder<string> = (value, at) => (value === UNCLASSIFIED ? UNCLASSIFIED : label(value, at));

const verdict: Decoder<RecordedVerdict> = (value, at) => {
  const found = fields<RecordedVerdict>({
    text: masked, level, label: unclassified, guess: (text, place) => (text === '' ? '' : label(text, place)), confidence: share, by: oneOf(RECORDED_DECIDERS), unsure: oneOf(UNSURE),
  })(value, at);
  const open = found.label === UNCLASSIFIED;
  if (open !== (found.by === 'none') || open !== (found.unsure !== '')) refuse(at, 'contradicts itself: Unclassified is what nobody was sure of, and nothing else is');
  return found;
};

const onnx: Decoder<Uint8Array> = (value, at) => fromBase64(anyText(Math.ceil(MODEL_BYTES_MAX / 3) * 4)(value, at)) ?? refuse(at, 'is not base64');
const model = fields<BundledModel>({
  name: name(MODEL_NAME_MAX), classes: orNull(list(label, CLASSES_MAX, 2)), sha256: textLike(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex'), onnx,
});
const time = textLike(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/, 'a time such as 2025-01-31T12:00:00Z');

const spotCheck: Decoder<BundledSpotCheck> = (value, at) => {
  const most = 1_000_000;
  const found = fields<BundledSpotCheck>({ judged: integer(1, most), correct: integer(0, most), low: share, high: share, seed: number(0, 2 ** 53), date: time })(value, at);
  if (found.correct > found.judged || found.low > found.high) refuse(at, 'contradicts itself');
  return found;
};

const example = fields<RawExample>({ text: masked, level, message: anyText(MESSAGE_MAX) });

const head = fields<{ format: string; version: number; maskVersion: number }>({
  format: oneOf([BUNDLE_FORMAT]), version: integer(BUNDLE_VERSION, BUNDLE_VERSION), maskVersion: integer(0, 1_000_000),
});

const whole = fields<Bundle & { readonly format: string; readonly version: number }>({
  format: oneOf([BUNDLE_FORMAT]), version: integer(BUNDLE_VERSION, BUNDLE_VERSION), maskVersion: integer(0, 1_000_000),
  createdAt: time, madeBy: words(60),
  threshold: share, categories, rules, lessons, models: list(model, MODELS_MAX), modelMode: oneOf(['add', 'replace']), verdicts: list(verdict, VERDICTS_MAX),
  spotCheck: orNull(spotCheck), examples: list(example, EXAMPLES_MAX),
}, ['spotCheck', 'examples']);

/**
 * A bundle out of parsed JSON, every field looked at. @param maskVersion what masked texts here are made by
 * @throws Failure 'bundle-refused', naming the place
 */
export function decodeBundle(value: unknown, maskVersion: number): Bundle {
  checkHead(value, maskVersion);
  const { format: _format, version: _version, ...found } = whole(value, '');
  const bundle: Bundle = { ...found, spotCheck: found.spotCheck ?? null, examples: found.examples ?? [] };
  distinct(bundle.models, modelName, 'models', 'the file');
  distinct(bundle.verdicts, ({ text, level }) => `${level} ${text}`, 'verdicts', 'text and level');
  const names = [...bundle.categories.map(({ name }) => name), ...bundle.lessons.map((lesson) => lesson.label), ...bundle.verdicts.flatMap((one) => [one.label, one.guess]),
    ...[...bundle.rules.own, ...bundle.rules.splits].map((rule) => rule.label), ...bundle.models.flatMap(({ classes }) => classes ?? [])];
  if (new Set([...labelAxis([]), ...names.filter((one) => one !== '')]).size > LABELS_MAX) refuse('', `names more than ${LABELS_MAX} categories`);
  return bundle;
}

/** Two models with the same name are the same model, whatever they are called. */
export function modelName({ sha256, classes }: BundledModel): string {
  return JSON.stringify([sha256, classes]);
}

/** Said in words of their own before anything else: these are no mistakes of whoever made the file. */
function checkHead(value: unknown, maskVersion: number): void {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'format')) refuse('', 'is not a bundle that this page saved');
  const { format, version, maskVersion: made } = value as Record<string, unknown>;
  if (format !== BUNDLE_FORMAT) refuse('format', `is not “${BUNDLE_FORMAT}”: this is another kind of file`);
  if (version !== BUNDLE_VERSION) refuse('version', 'is one that this version of the page does not know. Open the page in the version that saved it, or a later one');
  const one = head({ format, version, maskVersion: made }, '');
  if (one.maskVersion !== maskVersion) {
    refuse('maskVersion', `is ${one.maskVersion}, and this page masks by version ${maskVersion}: made by another version of the masking, its patterns would not be found here. Open it in the version that saved it`);
  }
}
