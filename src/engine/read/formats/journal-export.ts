import type { FormatModule } from '../format-module.ts';
import { JournalReader } from '../journal-export.ts';

/** The journal of systemd, as `journalctl -o export` writes it. */
export const journalExportFormat: FormatModule = {
  name: 'systemd journal (export)',
  recognise({ text, base }) {
    const fields = text.split('\n', 40).filter((line) => /^[A-Z_][A-Z0-9_]{0,63}=/.test(line));
    const own = fields.filter((line) => /^(__CURSOR|__REALTIME_TIMESTAMP|__MONOTONIC_TIMESTAMP|_BOOT_ID|MESSAGE|PRIORITY|_TRANSPORT)=/.test(line));
    if (!/^\s*[A-Z_]+[=\n]/.test(text) || own.length < 2) return null;
    return { score: 0.97, dialect: { ...base, sure: 1 } };
  },
  open: (dialect, resume) => new JournalReader(dialect, resume),
};
