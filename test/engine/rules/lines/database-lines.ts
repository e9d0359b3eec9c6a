import type { LinesById } from './rule-lines.ts';

export const DATABASE_LINES: LinesById = {
  'db-postgres-login-failed': {
    matches: ['FATAL:  password authentication failed for user "app"', 'Peer authentication failed for user "postgres"', 'no pg_hba.conf entry for host "192.0.2.44", user "app", database "shop", no encryption'],
    misses: ['connection authenticated: identity="app" method=scram-sha-256', 'pg_hba.conf reloaded'],
  },
  'db-mysql-login-failed': {
    matches: ["Access denied for user 'root'@'192.0.2.44' (using password: YES)", "ERROR 1045 (28000): Access denied for user ''@'localhost' (using password: NO)"],
    misses: ["Access granted for user 'root'@'localhost'", "Aborted connection 7 to db: 'shop' user: 'root' host: 'localhost' (Got timeout reading communication packets)"],
  },
  'db-mongodb-login-failed': {
    matches: ['SASL SCRAM-SHA-256 authentication failed for app on admin from client 192.0.2.44:51000 ; UserNotFound', '{"c":"ACCESS","id":20249,"msg":"Authentication failed","attr":{"mechanism":"SCRAM-SHA-256"}}'],
    misses: ['{"c":"ACCESS","id":20250,"msg":"Authentication succeeded"}', '{"msg":"Authentication failed over to the next mechanism"}'],
  },
  'db-redis-attack': {
    matches: ['Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis.', '# Possible SECURITY ATTACK detected. It looks like somebody is sending HTTP commands. Connection aborted.'],
    misses: ['No security attack detected.', 'Possible attack of the clones'],
  },
  'db-other-login-failed': {
    matches: ['ORA-01017: invalid username/password; logon denied', "Login failed for user 'sa'. Reason: Password did not match that for the login provided. [CLIENT: 192.0.2.44]"],
    misses: ['ORA-01012: not logged on', "Login succeeded for user 'sa'. Connection made using SQL Server authentication."],
  },
  'db-postgres-corruption': {
    matches: ['page verification failed, calculated checksum 1234 but expected 4321', 'ERROR:  invalid page in block 77 of relation base/16384/2601', 'PANIC:  could not locate a valid checkpoint record'],
    misses: ['page verification passed, checksum 1234', 'invalid page number in query string'],
  },
  'db-mysql-corruption': {
    matches: ["Table './shop/orders' is marked as crashed and should be repaired", '[ERROR] InnoDB: Database page corruption on disk or a failed read of file ./ibdata1'],
    misses: ["Table './shop/orders' was repaired", 'InnoDB: Database was not shutdown normally!'],
  },
  'db-deadlock': {
    matches: ['ERROR:  deadlock detected', 'Deadlock found when trying to get lock; try restarting transaction', 'ORA-00060: deadlock detected while waiting for resource'],
    misses: ['no deadlock detected', 'deadlock detector started'],
  },
  'db-lock-timeout': {
    matches: ['ERROR 1205 (HY000): Lock wait timeout exceeded; try restarting transaction', 'ERROR:  canceling statement due to statement timeout'],
    misses: ['canceling statement due to user request', 'lock wait timeout set to 50 s'],
  },
  'db-constraint-violated': {
    matches: ['ERROR:  duplicate key value violates unique constraint "users_email_key"', 'insert or update on table "orders" violates foreign key constraint "orders_user_fk"', "Duplicate entry '7' for key 'users.PRIMARY'"],
    misses: ['added foreign key constraint "orders_user_fk"', 'duplicate key in map literal ignored'],
  },
  'db-no-such-object': {
    matches: ['ERROR:  relation "orders" does not exist at character 15', 'FATAL:  database "shop" does not exist', 'column u.nmae does not exist at character 8'],
    misses: ['relation "orders" does not exist, skipping', 'table "orders" does not exist, skipping'],
  },
  'db-syntax-error': {
    matches: ['ERROR:  syntax error at or near "FORM" at character 10', 'You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version'],
    misses: ['syntax of near queries explained', 'no error in your SQL syntax'],
  },
  'db-redis-cannot-save': {
    matches: ['MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk.', '7:M 12 Mar 2025 10:00:00.000 # Background saving error'],
    misses: ['Redis is configured to save RDB snapshots every 60 s', 'Background saving terminated with success'],
  },
  'db-connections-exhausted': {
    matches: ['FATAL:  sorry, too many clients already', 'FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute'],
    misses: ['too many clients would be a problem', '90 connection slots remaining'],
  },
  'db-memory-limit': {
    matches: ["OOM command not allowed when used memory > 'maxmemory'.", 'ORA-04031: unable to allocate 4160 bytes of shared memory ("shared pool")'],
    misses: ["used memory < 'maxmemory'", 'allocated 4160 bytes of shared memory'],
  },
  'db-disk-watermark': {
    matches: ['high disk watermark [90%] exceeded on [a1][node-1][/data] free: 9gb[9%]', 'flood stage disk watermark [95%] exceeded on [a1][node-1][/data], all indices will be marked read-only'],
    misses: ['high disk watermark [90%] no longer exceeded on [a1]', 'disk watermark settings updated'],
  },
  'db-checkpoints-too-frequent': {
    matches: ['LOG:  checkpoints are occurring too frequently (9 seconds apart)', 'checkpoints are occurring too frequently (1 second apart)'],
    misses: ['checkpoint starting: time', 'checkpoints are occurring as planned'],
  },
  'db-ready': {
    matches: ['LOG:  database system is ready to accept connections', '7:M 12 Mar 2025 10:00:00.000 * Ready to accept connections tcp', "/usr/sbin/mysqld: ready for connections. Version: '8.0.36'", '{"id":23016,"msg":"Waiting for connections","attr":{"port":27017}}'],
    misses: ['Server not ready to accept connections', 'the database system is not yet accepting connections', 'the database system is starting up'],
  },
  'db-postgres-checkpoint': {
    matches: ['LOG:  checkpoint starting: time', 'checkpoint complete: wrote 44 buffers (0.3%); 0 WAL file(s) added'],
    misses: ['could not locate a valid checkpoint record', 'checkpoint failed: wrote 0 buffers'],
  },
  'db-postgres-shutdown': {
    matches: ['LOG:  received fast shutdown request', 'database system was shut down at 2025-03-12 10:00:00 UTC'],
    misses: ['received immediate shutdown request', 'database system was interrupted; last known up at 2025-03-12 10:00:00 UTC'],
  },
  'db-redis-saved': {
    matches: ['7:M 12 Mar 2025 10:00:00.000 * Background saving started by pid 99', 'DB saved on disk', '100 changes in 300 seconds. Saving...'],
    misses: ['Background saving error', '100 changes in 300 seconds'],
  },
  'db-redis-replication': {
    matches: ['MASTER <-> REPLICA sync started', 'MASTER <-> REPLICA sync: Finished with success', 'MASTER <-> SLAVE sync started'],
    misses: ['MASTER <-> REPLICA sync: receiving 175 bytes failed', 'MASTER <-> REPLICA sync was aborted'],
  },
  'db-mongodb-connection': {
    matches: ['connection accepted from 10.0.0.9:51000 #12 (3 connections now open)', '{"c":"NETWORK","id":22944,"msg":"Connection ended","attr":{"remote":"10.0.0.9:51000"}}'],
    misses: ['connection refused from 10.0.0.9:51000 because too many open connections: 819', '{"msg":"Connection pool cleared"}'],
  },
};
