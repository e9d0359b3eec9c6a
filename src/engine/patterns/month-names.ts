/**
 * Names of months in German, Spanish and Russian as logs write them (CLDR 45, wide and abbreviated, formatting and
 * stand-alone). Kinds are bits: a name may be of several.
 */
/** Not English: 15. März, 15 de marzo, 15 марта */
export const MONTH = 1;
/** Spelled as in English: only after a day with a dot, as German has it, or with "de", is it sure not to be English. */
export const DOTTED_MONTH = 2;
/** An abbreviation that English has, too: only in small letters between a day and a year. */
export const SMALL_MONTH = 4;

/** Longer names than this there are none. */
export const MONTH_BYTES = 20;

const NAMES: readonly (readonly [kind: number, names: string])[] = [
  [MONTH, `januar jänner februar feber märz mai juni juli oktober dezember mär mrz okt dez
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr dic
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек`],
  [DOTTED_MONTH, 'april august september november jan feb apr jun jul aug sep sept nov'],
  [SMALL_MONTH, 'feb mar may jun jul ago sep sept oct nov'],
];

export const MONTH_NAMES: ReadonlyMap<string, number> = namesByKind();

function namesByKind(): Map<string, number> {
  const kinds = new Map<string, number>();
  for (const [kind, names] of NAMES) for (const name of names.split(/\s+/)) kinds.set(name, (kinds.get(name) ?? 0) | kind);
  return kinds;
}

/**
 * By first byte (letters small) and length in bytes, a dot at the end included: whether a month is called so, or it is the "de" that
 * follows one. Nearly every other word is told apart without looking at it.
 */
export const MONTH_SHAPES = new Uint8Array(256 * MONTH_BYTES);
const encoder = new TextEncoder();
/** Of all months' names, capital or not: most words are told apart by it, without being decoded. */
export const MONTH_HASHES: ReadonlySet<number> = new Set([...MONTH_NAMES.keys()].flatMap((name) => [name, name.toUpperCase(), name[0].toUpperCase() + name.slice(1)].map((word) => {
  const bytes = encoder.encode(word);
  return nameHash(bytes, 0, bytes.length);
})));

/** FNV-1a (32 bits) of bytes[from, to), ASCII letters taken small. */
export function nameHash(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] < 0x80 ? bytes[at] | 0x20 : bytes[at]), 0x01000193);
  return hash;
}

for (const name of [...MONTH_NAMES.keys(), 'de', 'del']) {
  for (const bytes of [encoder.encode(name), encoder.encode(name.toUpperCase())]) {
    const row = (bytes[0] < 0x80 ? bytes[0] | 0x20 : bytes[0]) * MONTH_BYTES;
    MONTH_SHAPES[row + bytes.length] = MONTH_SHAPES[row + bytes.length + 1] = 1;
  }
}

/** Days of the week, which go with a date: in full and short. */
export const WEEKDAYS: ReadonlySet<string> = new Set(`
  montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
  lunes martes miércoles jueves viernes sábado domingo lun mar mié jue vie sáb dom
  понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
`.split(/\s+/).filter(Boolean));
