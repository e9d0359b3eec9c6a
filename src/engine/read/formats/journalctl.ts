import { lineFormat } from '../line-format.ts';

/**
 * What `journalctl` prints: short, short-precise, short-iso, short-full. All but the first are told from syslog by their
 * times, the first by journalctl's own remarks and the way it indents further lines (systemd, logs-show.c).
 */
export const journalctlFormat = lineFormat({
  name: 'journalctl',
  kinds: ['syslog'],
  line: /^(?!<)/,
  needs: /^-- (?:Journal|Logs|Boot|Reboot)\b|^[A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d\.\d{6} |^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d{4} |^[A-Z][a-z]{2} \d{4}-\d\d-\d\d |^ {20,80}\S/,
});
