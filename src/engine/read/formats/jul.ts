import { JulReader } from '../jul.ts';
import { lineFormat } from '../line-format.ts';

const TWO_LINES = String.raw`[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4},? \d{1,2}:\d\d:\d\d[  ][AP]M \S+(?: \S+)?$`;
const LEVEL = String.raw`(?:SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST)`;

/** java.util.logging: two lines a record (SimpleFormatter), or one (Tomcat's OneLineFormatter and formats of one's own). */
export const julFormat = lineFormat({
  name: 'java.util.logging',
  line: new RegExp(String.raw`^(?:${TWO_LINES}|${LEVEL}: |(?:\d{4}-\d\d-\d\d[T ]|\d\d-[A-Z][a-z]{2}-\d{4} )\d\d:\d\d:\d\d[.,]\d{3} ${LEVEL} (?:\[[^\]]{1,80}\] )?[\w$.]+ )`),
  needs: new RegExp(String.raw`^${TWO_LINES}|^\S+ \S+ (?:SEVERE|CONFIG|FINE|FINER|FINEST) |^\d\d-[A-Z][a-z]{2}-\d{4} \S+ ${LEVEL} \[`),
  likes: new RegExp(String.raw`^${TWO_LINES}|^\S+ \S+ (?:SEVERE|CONFIG|FINE|FINER|FINEST) |^\d\d-[A-Z][a-z]{2}-\d{4} `),
  open: (dialect, resume) => new JulReader(dialect, resume),
});
