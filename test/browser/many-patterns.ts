const VERBS = ['opened', 'parsed', 'moved', 'indexed', 'merged', 'copied', 'queued', 'mapped', 'linked', 'sorted', 'packed', 'loaded'];
const THINGS = ['ledger', 'basket', 'pallet', 'voucher', 'route', 'tenant', 'folder', 'parcel', 'ticket', 'cursor', 'shelf', 'quota'];
const PLACES = ['north', 'south', 'east', 'west', 'upper', 'lower', 'inner', 'outer', 'left', 'right', 'front', 'back'];

/** Lines with their words in so many orders that hardly two share a pattern: they keep the encoder busy for long. */
export function manyPatterns(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const pick = (list: readonly string[], step: number): string => list[Math.floor(at / step) % list.length] as string;
    return `${pick(THINGS, 1)} ${pick(VERBS, 12)} beside ${pick(PLACES, 144)} ${pick(THINGS, 5)} of ${pick(VERBS, 7)} ${pick(PLACES, 3)}`;
  });
}
