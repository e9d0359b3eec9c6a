import type { Rule } from '../../../contract/rule.ts';

/** PostgreSQL, MySQL and MariaDB, Redis, MongoDB, Oracle, SQL Server, Elasticsearch. */
export const DATABASE_RULES: readonly Rule[] = [
  {
    id: 'db-postgres-login-failed',
    pattern: String.raw`\b(?:password|Peer|Ident|LDAP|PAM|GSSAPI|certificate|SCRAM) authentication failed for user "[^"]*"|\bno pg_hba\.conf entry for (?:replication connection from )?host "`,
    label: 'Security Alert',
    about: 'PostgreSQL refused a log-in',
  },
  {
    id: 'db-mysql-login-failed',
    pattern: String.raw`\bAccess denied for user '[^']*'@'[^']*' \(using password: (?:YES|NO)\)`,
    label: 'Security Alert',
    about: 'MySQL refused a log-in',
  },
  {
    id: 'db-mongodb-login-failed',
    pattern: String.raw`\bSASL SCRAM-SHA-(?:1|256) authentication failed for \S+ on \S+ from client |"msg":"+Authentication failed"`,
    label: 'Security Alert',
    about: 'MongoDB refused a log-in',
  },
  {
    id: 'db-redis-attack',
    pattern: String.raw`\bPossible SECURITY ATTACK detected\. It looks like somebody is sending `,
    label: 'Security Alert',
    about: 'Redis was spoken to in another protocol',
  },
  {
    id: 'db-other-login-failed',
    pattern: String.raw`\bORA-01017: invalid (?:username/password|credential)|\bLogin failed for user '[^']*'\. Reason: `,
    label: 'Security Alert',
    about: 'Oracle or SQL Server refused a log-in',
  },
  {
    id: 'db-postgres-corruption',
    pattern: String.raw`\bpage verification failed, calculated checksum [0-9]+ but expected [0-9]+|\binvalid page in block [0-9]+ of relation |\bcould not locate a valid checkpoint record\b`,
    label: 'Critical Error',
    about: 'PostgreSQL found damaged data',
  },
  {
    id: 'db-mysql-corruption',
    pattern: String.raw`\bTable '[^']+' is marked as crashed and (?:should be repaired|last \(automatic\?\) repair failed)|\bInnoDB: Database page corruption on disk or a failed (?:file )?read\b`,
    label: 'Critical Error',
    about: 'MySQL found damaged data',
  },
  {
    id: 'db-deadlock',
    pattern: String.raw`^(?:ERROR: +)?deadlock detected\s*$|\bDeadlock found when trying to get lock; try restarting transaction\b|\bORA-00060: deadlock detected\b`,
    label: 'Error',
    about: 'transaction given up for a deadlock',
  },
  {
    id: 'db-lock-timeout',
    pattern: String.raw`\bLock wait timeout exceeded; try restarting transaction\b|\bcanceling statement due to (?:statement timeout|lock timeout|conflict with recovery)\b`,
    label: 'Error',
    about: 'statement given up after waiting',
  },
  {
    id: 'db-constraint-violated',
    pattern: String.raw`\bduplicate key value violates unique constraint "|\bviolates (?:foreign key|not-null|check|exclusion) constraint\b|\bDuplicate entry '.*' for key '|\bORA-00001: unique constraint \(`,
    label: 'Error',
    about: 'statement broke a constraint',
  },
  {
    // With IF EXISTS the same words are a notice and end in ", skipping".
    id: 'db-no-such-object',
    pattern: String.raw`^(?:ERROR: +|FATAL: +)?(?:relation|column|database) "?[^"]+"? does not exist(?: at character [0-9]+)?\s*$|\bORA-00942: table or view does not exist\b`,
    label: 'Error',
    about: 'statement named something that does not exist',
  },
  {
    id: 'db-syntax-error',
    pattern: String.raw`\bsyntax error at or near "|\bYou have an error in your SQL syntax; check the manual\b|\bORA-00933: SQL command not properly ended\b`,
    label: 'Error',
    about: 'statement with a syntax error',
  },
  {
    id: 'db-redis-cannot-save',
    pattern: String.raw`\bMISCONF Redis is configured to save RDB snapshots, but |\bBackground saving error\s*$`,
    label: 'Error',
    about: 'Redis could not save its data',
  },
  {
    id: 'db-connections-exhausted',
    pattern: String.raw`\bsorry, too many clients already\b|\bremaining connection slots are reserved for\b|\bORA-00020: maximum number of processes \(`,
    label: 'Resource Usage',
    about: 'database is out of connections',
  },
  {
    id: 'db-memory-limit',
    pattern: String.raw`\bOOM command not allowed when used memory > 'maxmemory'|\bORA-04031: unable to allocate [0-9]+ bytes of shared memory\b`,
    label: 'Resource Usage',
    about: 'database is at its memory limit',
  },
  {
    id: 'db-disk-watermark',
    pattern: String.raw`\b(?:low|high|flood stage) disk watermark \[[^\]]+\] exceeded on `,
    label: 'Resource Usage',
    about: 'Elasticsearch node is short of disk',
  },
  {
    id: 'db-checkpoints-too-frequent',
    pattern: String.raw`\bcheckpoints are occurring too frequently \([0-9]+ seconds? apart\)`,
    label: 'Resource Usage',
    about: 'PostgreSQL writes more than it is set up for',
  },
  {
    id: 'db-ready',
    pattern: String.raw`\bdatabase system is ready to accept (?:read[- ]only )?connections\b|(?:^|[*#] )Ready to accept connections(?: (?:tcp|unix|tls))?\s*$|\bserver is now ready to accept connections\b|\bready for connections\. Version: '|"msg":"+Waiting for connections"`,
    label: 'System Notification',
    about: 'database accepts connections',
  },
  {
    id: 'db-postgres-checkpoint',
    pattern: String.raw`\b(?:checkpoint|restartpoint) (?:starting: [a-z]+|complete: wrote [0-9]+ buffers)`,
    label: 'System Notification',
    about: 'PostgreSQL checkpoint',
  },
  {
    id: 'db-postgres-shutdown',
    pattern: String.raw`\breceived (?:fast|smart) shutdown request\b|\bdatabase system was shut down at [0-9]{4}-`,
    label: 'System Notification',
    about: 'PostgreSQL was stopped in an orderly way',
  },
  {
    id: 'db-redis-saved',
    pattern: String.raw`\bBackground saving (?:started by pid [0-9]+|terminated with success)|\bDB saved on disk\b|\bBackground AOF rewrite finished successfully\b|\b[0-9]+ changes in [0-9]+ seconds\. Saving\.\.\.`,
    label: 'System Notification',
    about: 'Redis saved its data',
  },
  {
    id: 'db-redis-replication',
    pattern: String.raw`\bMASTER <-> (?:REPLICA|SLAVE) sync(?: started|: Finished with success)`,
    label: 'System Notification',
    about: 'Redis replica synchronised',
  },
  {
    id: 'db-mongodb-connection',
    pattern: String.raw`\bconnection accepted from [0-9a-f:.]+:[0-9]+ #[0-9]+ \([0-9]+ connections? now open\)|"msg":"+Connection (?:accepted|ended)"`,
    label: 'System Notification',
    about: 'MongoDB connection opened or closed',
  },
];
