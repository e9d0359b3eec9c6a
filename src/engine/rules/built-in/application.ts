import type { Rule } from '../../../contract/rule.ts';

/** Where a sentence begins: "No backup completed successfully" and "Malicious file … uploaded" say something else. */
const START = String.raw`(?:^|[\]:>|-] *)`;

/** Business applications, the JVM and frameworks, what is deprecated. */
export const APPLICATION_RULES: readonly Rule[] = [
  {
    id: 'app-user-logged-in-or-out',
    pattern: String.raw`${START}User User[0-9]+ logged (?:in|out)\b\.?\s*$`,
    label: 'User Action',
    about: 'user logged in or out',
  },
  {
    id: 'app-account-created',
    pattern: String.raw`${START}Account with ID \S+ created by \S+`,
    label: 'User Action',
    about: 'account created by a user',
  },
  {
    id: 'app-file-uploaded',
    pattern: String.raw`${START}File \S.* uploaded successfully by user \S+`,
    label: 'User Action',
    about: 'file uploaded by a user',
  },
  {
    id: 'app-reboot-by-user',
    pattern: String.raw`${START}System reboot initiated by user \S+`,
    label: 'User Action',
    about: 'reboot ordered by a user',
  },
  {
    id: 'app-backup',
    pattern: String.raw`${START}Backup (?:(?:started|ended|completed) at [0-9]{4}-|completed successfully\b\.?\s*$)`,
    label: 'System Notification',
    about: 'backup started or ended',
  },
  {
    id: 'app-system-updated',
    pattern: String.raw`${START}System updated to version v?[0-9]`,
    label: 'System Notification',
    about: 'system updated',
  },
  {
    id: 'app-disk-cleanup',
    pattern: String.raw`${START}Disk cleanup completed successfully\b`,
    label: 'System Notification',
    about: 'disk cleanup done',
  },
  {
    id: 'app-attack-detected',
    pattern: String.raw`${START}(?:Brute[- ]force (?:login )?(?:attack|attempt) from [0-9a-f]*[:.][0-9a-f:.]+ detected\b|Multiple (?:bad|failed|incorrect|invalid|rejected) login (?:attempts|failures) (?:were )?detected\b|IP(?: address)? [0-9.]+ (?:was )?blocked due to (?:a )?potential attack\b)`,
    label: 'Security Alert',
    about: 'attack reported by an application',
  },
  {
    id: 'app-business-process-failed',
    pattern: String.raw`\bLead conversion failed for prospect ID [0-9]+|\bInvoice generation process aborted for order ID [0-9]+|\bCase escalation for ticket ID [0-9]+ failed\b|\bTask assignment for TeamID [0-9]+ could not complete\b|\bEscalation rule execution failed for ticket ID [0-9]+|\bCustomer follow-up process for lead ID [0-9]+ failed\b`,
    label: 'Workflow Error',
    about: 'business process could not proceed',
  },
  {
    id: 'app-deprecation-warning',
    pattern: String.raw`\b[A-Za-z]*DeprecationWarning: |\bPHP Deprecated: |\bDEPRECATION WARNING: |\bnpm warn deprecated \S+@[0-9]\S*: `,
    label: 'Deprecation Warning',
    about: 'runtime warns of something deprecated',
  },
  {
    id: 'app-deprecated-to-be-removed',
    pattern: String.raw`\b(?:is|are|was|has been|have been) deprecated (?:[a-z0-9. ]+ )?and (?:will|may|might|is going to|is scheduled to) (?:likely )?be removed\b|\bis deprecated\. Instead,? use \S`,
    label: 'Deprecation Warning',
    about: 'deprecated and to be removed or replaced',
  },
  {
    id: 'app-module-retired',
    pattern: String.raw`\b(?:module|feature|endpoint|API|method|function) will be (?:retired|removed|discontinued) in version [0-9]`,
    label: 'Deprecation Warning',
    about: 'to be retired in a named version',
  },
  {
    id: 'jvm-gc',
    pattern: String.raw`\bGC\([0-9]+\) Pause (?:Young|Full|Remark|Cleanup|Initial Mark|Mixed)\b.* [0-9]+M->[0-9]+M\([0-9]+M\) [0-9.]+ms|\[(?:Full )?GC (?:pause )?\([^)]*\).*[0-9]+[KM]->[0-9]+[KM]\([0-9]+[KM]\).*[0-9.]+ secs\]`,
    label: 'Resource Usage',
    about: 'garbage collection with heap sizes',
  },
  {
    id: 'jvm-pool-timeout',
    pattern: String.raw`\bHikariPool-[0-9]+ - Connection is not available, request timed out after [0-9]+ms`,
    label: 'Error',
    about: 'no database connection in time',
  },
  {
    id: 'jvm-pool-lifecycle',
    pattern: String.raw`\bHikariPool-[0-9]+ - (?:Start completed\.|Starting\.\.\.|Shutdown initiated\.\.\.|Shutdown completed\.)`,
    label: 'System Notification',
    about: 'connection pool started or stopped',
  },
  {
    id: 'jvm-application-started',
    pattern: String.raw`\bStarted [A-Z][A-Za-z0-9_]* in [0-9.]+ seconds \((?:JVM|process) running for [0-9.]+\)|\bTomcat (?:started|initialized) (?:on|with) port(?:\(s\))?:? ?[0-9]+`,
    label: 'System Notification',
    about: 'Java application started',
  },
];
