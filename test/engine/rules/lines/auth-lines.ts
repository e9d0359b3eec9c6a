import type { LinesById } from './rule-lines.ts';

export const AUTH_LINES: LinesById = {
  'ssh-failed-login': {
    matches: ['Failed password for root from 192.0.2.44 port 40022 ssh2', 'Failed publickey for invalid user git from 2001:db8::7 port 51000 ssh2: RSA SHA256:x', 'message repeated 2 times: [ Failed password for mia from 192.0.2.44 port 40022 ssh2]', 'Failed password for invalid user  from 192.0.2.44 port 40022 ssh2'],
    misses: ['Accepted password for root from 192.0.2.44 port 40022 ssh2', 'Failed password store migration for tenant 7'],
  },
  'ssh-invalid-user': {
    matches: ['Invalid user oracle from 192.0.2.44', 'Invalid user test user from 2001:db8::7 port 51000', 'Invalid user Accepted password for root from 192.0.2.44 port 22', 'input_userauth_request: invalid user ftp [preauth]'],
    misses: ['Invalid user input from form 7', 'Invalid username or e-mail'],
  },
  'ssh-break-in-attempt': {
    matches: ['reverse mapping checking getaddrinfo for a.test [192.0.2.44] failed - POSSIBLE BREAK-IN ATTEMPT!', 'Address 192.0.2.44 maps to a.test, but this does not map back to the address - POSSIBLE BREAK-IN ATTEMPT!'],
    misses: ['reverse mapping checking getaddrinfo for a.test [192.0.2.44] failed.', 'possible break in service at 10:00'],
  },
  'ssh-too-many-failures': {
    matches: ['Disconnecting: Too many authentication failures for mia [preauth]', 'Received disconnect from 192.0.2.44 port 51000:2: Too many authentication failures', 'error: maximum authentication attempts exceeded for root from 192.0.2.44 port 51000 ssh2 [preauth]'],
    misses: ['Too many open files', 'alert fires on too many authentication failures in a minute: disabled'],
  },
  'ssh-user-not-allowed': {
    matches: ['User root from 192.0.2.44 not allowed because not listed in AllowUsers', "User ops from a.test not allowed because none of user's groups are listed in AllowGroups", 'User mia from 192.0.2.44 not allowed because account is locked'],
    misses: ['User mia from 192.0.2.44 allowed', 'User mia not allowed because of rain'],
  },
  'pam-authentication-failure': {
    matches: ['pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.44', 'pam_unix(login:auth): check pass; user unknown', 'PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.44  user=root', 'PAM service(sshd) ignoring max retries; 6 > 3'],
    misses: ['pam_unix(sshd:session): session opened for user mia by (uid=0)', 'pam_sss(sshd:auth): authentication success; logname= uid=0 user=mia'],
  },
  'sudo-refused': {
    matches: ['mia : user NOT in sudoers ; TTY=pts/0 ; PWD=/home/mia ; USER=root ; COMMAND=/bin/sh', 'mia : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls', 'ops : command not allowed ; TTY=pts/1 ; PWD=/srv ; USER=root ; COMMAND=/bin/cat /etc/shadow'],
    misses: ['mia : TTY=pts/0 ; PWD=/home/mia ; USER=root ; COMMAND=/bin/ls', '3 incorrect password attempts were fixed by the help desk'],
  },
  'login-failed-console': {
    matches: ['FAILED LOGIN (1) on \'/dev/tty1\' FOR \'root\', Authentication failure', 'FAILED LOGIN 2 FROM tty1 FOR ops, Authentication failure', 'FAILED SU (to root) mia on pts/0', 'TOO MANY LOGIN TRIES (5) FROM tty2 FOR admin, Authentication failure'],
    misses: ['(to root) mia on pts/0', 'failed login page rendered in 7 ms'],
  },
  'fail2ban-ban': {
    matches: ['fail2ban.actions [812]: NOTICE [sshd] Ban 192.0.2.44', '[nginx-http-auth] Restore Ban 192.0.2.45', '[sshd] Ban 2001:db8::7'],
    misses: ['[sshd] Unban 192.0.2.44', '[sshd] Found 192.0.2.44 - 2025-03-12 10:00:00', '[sshd] 192.0.2.44 already banned'],
  },
  'mail-login-failed': {
    matches: ['warning: unknown[192.0.2.44]: SASL LOGIN authentication failed: UGFzc3dvcmQ6', 'imap-login: Disconnected: Connection closed (auth failed, 3 attempts in 12 secs): user=<mia>, method=PLAIN'],
    misses: ['imap-login: Disconnected (no auth attempts in 0 secs): user=<>', 'SASL LOGIN authentication succeeded'],
  },
  'ftp-login-failed': {
    matches: ['[root] FAIL LOGIN: Client "192.0.2.44"', 'Wed Mar 12 10:00:00 2025 [pid 7] [mia] FAIL LOGIN: Client "::ffff:10.0.0.9"'],
    misses: ['[mia] OK LOGIN: Client "10.0.0.9"', '[mia] FAIL DOWNLOAD: Client "10.0.0.9", "/x"'],
  },
  'selinux-denied': {
    matches: ['avc:  denied  { read } for  pid=7 comm="httpd" name="x" scontext=a tcontext=b tclass=file', 'type=AVC msg=audit(1741770000.1:7): avc:  denied  { name_connect } for  pid=7 comm="httpd" dest=5432'],
    misses: ['avc:  granted  { setsecparam } for  pid=7', 'avc: denied by nobody'],
  },
  'apparmor-denied': {
    matches: ['audit: type=1400 audit(1741770000.1:7): apparmor="DENIED" operation="open" profile="snap.x" name="/etc/shadow"', 'apparmor="DENIED" operation="capable" class="cap" profile="/usr/sbin/cupsd"'],
    misses: ['apparmor="STATUS" operation="profile_load" profile="unconfined"', 'apparmor="ALLOWED" operation="open" profile="x"'],
  },
  'firewall-blocked': {
    matches: ['[UFW BLOCK] IN=eth0 OUT= MAC=00 SRC=192.0.2.44 DST=10.0.0.1 PROTO=TCP DPT=23', '[ 812.1] [UFW BLOCK] IN=ens3 OUT= SRC=192.0.2.44'],
    misses: ['[UFW ALLOW] IN=eth0 OUT= SRC=10.0.0.9', '[UFW AUDIT] IN=eth0 OUT= SRC=10.0.0.9'],
  },
  'ssh-accepted': {
    matches: ['Accepted password for mia from 10.0.0.9 port 50222 ssh2', 'Accepted publickey for deploy from 2001:db8::7 port 51000 ssh2: ED25519 SHA256:x'],
    misses: ['Failed publickey for deploy from 10.0.0.9 port 51000 ssh2', 'Accepted payment for order 7 from 10.0.0.9 port 443'],
  },
  'pam-session': {
    matches: ['pam_unix(sshd:session): session opened for user mia(uid=1000) by (uid=0)', 'pam_unix(su-l:session): session closed for user root'],
    misses: ['pam_unix(cron:session): session opened for user root by (uid=0)', 'pam_unix(systemd-user:session): session opened for user gdm(uid=42) by (uid=0)'],
  },
  'sudo-command': {
    matches: ['     mia : TTY=pts/0 ; PWD=/home/mia ; USER=root ; COMMAND=/usr/bin/apt update', 'sudo: deploy : PWD=/srv ; USER=postgres ; COMMAND=/usr/bin/psql', 'ops.team : TTY=unknown ; PWD=/ ; USER=root ; ENV=LANG=C ; COMMAND=/bin/true'],
    misses: ['mia : user NOT in sudoers ; TTY=pts/0 ; PWD=/home/mia ; USER=root ; COMMAND=/bin/sh', 'mia : a password is required ; TTY=unknown ; PWD=/ ; USER=root ; COMMAND=list'],
  },
  'mail-login': {
    matches: ['imap-login: Login: user=<mia@a.test>, method=PLAIN, rip=10.0.0.9, lip=10.0.0.1, TLS', 'dovecot: pop3-login: Login: user=<bob>, method=CRAM-MD5, rip=10.0.0.9'],
    misses: ['imap-login: Aborted login (no auth attempts): user=<>', 'imap-login: Login failed: user=<mia>, method=PLAIN'],
  },
  'account-tools': {
    matches: ['new user: name=deploy, UID=1002, GID=1002, home=/home/deploy, shell=/bin/bash, from=/dev/pts/0', 'pam_unix(passwd:chauthtok): password changed for mia', "delete user 'temp'"],
    misses: ["failed adding user 'deploy', exit code: 9", 'password changed for all 7 tenants, rotation done', "cannot delete user 'temp' while logged in"],
  },
};
