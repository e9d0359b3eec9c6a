export interface ZoneGroup {
  readonly name: string;
  readonly zones: readonly string[];
}

/** The zone that this computer is set to. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** All zones: the likely ones, then by region. `chosen` is among them even if this browser does not list it. */
export function zoneGroups(chosen: string): readonly ZoneGroup[] {
  const first = [...new Set(['UTC', ownZone(), chosen])];
  const regions = new Map<string, string[]>();
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    if (first.includes(zone)) continue;
    const region = zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'Other';
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [{ name: 'Likely', zones: first }, ...[...regions].map(([name, zones]) => ({ name, zones }))];
}
