import type { Rule } from '../../../contract/rule.ts';

/** systemd, cron, packages, network addresses, time, mail transport. */
export const SYSTEM_RULES: readonly Rule[] = [
  {
    // Not for 'exit-code' or a KILL: a failed job or an operator's hand may be behind them.
    id: 'systemd-unit-crashed',
    pattern: String.raw`\.service: (?:Failed with result '(?:core-dump|watchdog|oom-kill)'|Main process exited, code=(?:killed|dumped), status=(?:4/ILL|6/ABRT|7/BUS|8/FPE|11/SEGV)|Start request repeated too quickly)`,
    label: 'Critical Error',
    about: 'service crashed, or would not start again and again',
  },
  {
    id: 'systemd-unit-done',
    pattern: String.raw`\S\.(?:service|scope|slice|mount|socket|timer): (?:Deactivated successfully|Succeeded)\.`,
    label: 'System Notification',
    about: 'unit ended normally',
  },
  {
    id: 'systemd-target-reached',
    pattern: String.raw`^(?:systemd\[[0-9]+\]: )?(?:Reached target|Stopped target|Created slice|Removed slice|Listening on) [^:]+\.\s*$`,
    label: 'System Notification',
    about: 'systemd changed state',
  },
  {
    id: 'systemd-startup-finished',
    pattern: String.raw`\bStartup finished in (?:[0-9.]+(?:ms|s|min)[^=]*= )?(?:[0-9]+min )?[0-9.]+m?s\.`,
    label: 'System Notification',
    about: 'system started',
  },
  {
    id: 'systemd-consumed',
    pattern: String.raw`\S\.(?:service|scope|slice|mount): Consumed (?:[0-9]+(?:h|min) )*[0-9.]+m?s CPU time`,
    label: 'Resource Usage',
    about: 'processor time that a unit used',
  },
  {
    id: 'cron-job-started',
    pattern: String.raw`^(?:/?[a-z/]*cron[a-z]*(?:\[[0-9]+\])?: )?\([a-z_][a-z0-9_-]*\) CMD \(.+\)\s*$`,
    label: 'System Notification',
    about: 'cron started a job',
  },
  {
    id: 'dpkg-status',
    pattern: String.raw`^(?:[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} )?(?:status (?:not-installed|config-files|half-installed|unpacked|half-configured|triggers-awaited|triggers-pending|installed)|install|upgrade|configure|trigproc|remove|purge) [a-z0-9][a-z0-9+.-]+:(?:amd64|arm64|armhf|i386|all|<none>) \S+(?: \S+)?\s*$|^(?:[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} )?startup (?:archives|packages) (?:unpack|install|configure|remove|purge)\s*$`,
    label: 'System Notification',
    about: 'package manager step',
  },
  {
    id: 'dhcp-lease',
    pattern: String.raw`\bDHCPACK (?:of|on) [0-9.]+ (?:from|to) \S+|\bbound to [0-9.]+ -- renewal in [0-9]+ seconds\b`,
    label: 'System Notification',
    about: 'network address leased',
  },
  {
    id: 'time-synchronised',
    pattern: String.raw`\bSelected source [0-9a-f]*[.:][0-9a-f.:]+|\bInitial synchronization to time server \S+|\bSynchronized to time server [0-9a-f.:]+`,
    label: 'System Notification',
    about: 'clock synchronised',
  },
  {
    id: 'mail-delivered',
    pattern: String.raw`\brelay=\S+, .*\bdsn=2\.[0-9.]+, status=sent \(`,
    label: 'System Notification',
    about: 'mail delivered',
  },
  {
    id: 'mail-not-delivered',
    pattern: String.raw`\bdsn=[45]\.[0-9.]+, status=(?:deferred|bounced|undeliverable|expired) \(`,
    label: 'Error',
    about: 'mail could not be delivered',
  },
];
