import type { LinesById } from './rule-lines.ts';

export const APPLICATION_LINES: LinesById = {
  'app-user-logged-in-or-out': {
    matches: ['User User123 logged in.', 'User User7 logged out', '[ModernHR] user user55 logged IN.'],
    misses: ['User User123 logged in from a blocked country', 'Unknown User User123 logged in.', 'User User123 not logged in.'],
  },
  'app-account-created': {
    matches: ['Account with ID 5351 created by User634.', 'Account with ID A-77 created by admin'],
    misses: ['Account with ID 5351 could not be created by User634.', 'Rogue account with ID 5351 created by User634.'],
  },
  'app-file-uploaded': {
    matches: ['File data_3847.csv uploaded successfully by user User175.', 'File my report.pdf uploaded successfully by user mia'],
    misses: ['File data_3847.csv was not uploaded by user User175.', 'Malicious file x.exe uploaded successfully by user User175.'],
  },
  'app-reboot-by-user': {
    matches: ['System reboot initiated by user User179.', 'INFO: System reboot initiated by user ops'],
    misses: ['System reboot initiated by watchdog', 'Unauthorised system reboot initiated by user User179.'],
  },
  'app-backup': {
    matches: ['Backup started at 2025-05-14 07:06:55.', 'Backup ended at 2025-05-14 07:16:55.', 'Backup completed successfully.'],
    misses: ['Backup started at user request', 'No recent backup completed successfully.', 'Backup completed successfully for 3 of 9 volumes', 'Backup not completed successfully.'],
  },
  'app-system-updated': {
    matches: ['System updated to version 3.9.1.', 'System updated to version v2'],
    misses: ['System could not be updated to version 3.9.1.', 'System updated to versionless layout'],
  },
  'app-disk-cleanup': {
    matches: ['Disk cleanup completed successfully.', 'maintenance: Disk cleanup completed successfully'],
    misses: ['Disk cleanup failed.', 'No disk cleanup completed successfully since Monday'],
  },
  'app-attack-detected': {
    matches: ['Brute force login attempt from 192.168.80.114 detected', 'Multiple bad login attempts detected on user 8538 account', 'IP 192.168.133.114 blocked due to potential attack'],
    misses: ['No brute force attack from 192.168.80.114 detected', 'IP 192.168.133.114 blocked due to maintenance'],
  },
  'app-business-process-failed': {
    matches: ['Lead conversion failed for prospect ID 7842 due to missing contact information.', 'Invoice generation process aborted for order ID 8910 due to invalid tax calculation module.', 'Case escalation for ticket ID 7324 failed because the assigned support agent is no longer active.'],
    misses: ['Lead conversion finished for prospect ID 7842', 'Case escalation for ticket ID 7324 done', 'Invoice generation process started for order ID 8910'],
  },
  'app-deprecation-warning': {
    matches: ['(node:17) [DEP0005] DeprecationWarning: Buffer() is deprecated', 'PHP Deprecated:  Function utf8_encode() is deprecated in /srv/x.php on line 7', 'npm warn deprecated request@2.88.2: request has been deprecated', 'app.py:7: PendingDeprecationWarning: use y'],
    misses: ['ignoring DeprecationWarning in module x', 'PHP Notice:  Undefined variable $deprecated'],
  },
  'app-deprecated-to-be-removed': {
    matches: ["API endpoint 'getCustomer' is deprecated and will be removed in version 3.2.", 'mapred.example.key is deprecated. Instead, use mapreduce.example.key', 'Option UseX was deprecated in version 9.0 and will likely be removed in a future release.'],
    misses: ['the old key is expired and will be removed', 'nothing is deprecated and all will be well'],
  },
  'app-module-retired': {
    matches: ["The 'ReportGenerator' module will be retired in version 4.0.", 'This endpoint will be removed in version 7'],
    misses: ['The module will be loaded in version 4.0', 'Old snapshots will be removed in version control'],
  },
  'jvm-gc': {
    matches: ['[gc] GC(12) Pause Young (Normal) (G1 Evacuation Pause) 24M->4M(256M) 3.1ms', '[GC (Allocation Failure) [PSYoungGen: 33280K->5112K(38400K)] 33280K->5128K(125952K), 0.0061 secs]', '[Full GC (Ergonomics) 5128K->4900K(125952K), 0.02 secs]'],
    misses: ['GC(12) Concurrent Mark Cycle', 'Using G1', '[GC Worker Start (ms): Min: 7.1]'],
  },
  'jvm-pool-timeout': {
    matches: ['HikariPool-1 - Connection is not available, request timed out after 30000ms.', 'java.sql.SQLTransientConnectionException: HikariPool-7 - Connection is not available, request timed out after 5001ms (total=10)'],
    misses: ['HikariPool-1 - Start completed.', 'HikariPool-1 - Pool stats (total=10, active=0, idle=10, waiting=0)'],
  },
  'jvm-pool-lifecycle': {
    matches: ['HikariPool-1 - Starting...', 'HikariPool-1 - Start completed.', 'HikariPool-3 - Shutdown initiated...'],
    misses: ['HikariPool-1 - Exception during pool initialization.', 'HikariPool-1 - Thread starvation or clock leap detected'],
  },
  'jvm-application-started': {
    matches: ['Started OrderApplication in 3.2 seconds (process running for 3.9)', 'Tomcat started on port(s): 8080 (http) with context path \'\'', 'Tomcat initialized with port 8080 (http)'],
    misses: ['Tomcat could not be started on port 8080', 'Started job in 3.2 seconds'],
  },
};
