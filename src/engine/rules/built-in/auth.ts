import type { Rule } from '../../../contract/rule.ts';

/** sshd, PAM, sudo, login, fail2ban, mail log-ins, mandatory access control. */
export const AUTH_RULES: readonly Rule[] = [
  {
    id: 'ssh-failed-login',
    pattern: String.raw`\bFailed (?:password|publickey|none|keyboard-interactive/pam|hostbased|gssapi-with-mic) for (?:invalid user )?.* from [0-9a-z:.%-]+ port [0-9]+`,
    label: 'Security Alert',
    about: 'sshd refused a log-in',
  },
  {
    id: 'ssh-invalid-user',
    pattern: String.raw`\bInvalid user .* from [0-9a-f:.]+(?: port [0-9]+)?\s*$|\binput_userauth_request: invalid user `,
    label: 'Security Alert',
    about: 'sshd was asked for an unknown user',
  },
  {
    id: 'ssh-break-in-attempt',
    pattern: String.raw`\bPOSSIBLE BREAK-IN ATTEMPT!`,
    label: 'Security Alert',
    about: 'sshd suspects a break-in attempt',
  },
  {
    id: 'ssh-too-many-failures',
    pattern: String.raw`\bToo many authentication failures(?: for \S+)?(?: from \S+ port [0-9]+(?: ssh2)?)? *(?:\[preauth\]|$)|\bmaximum authentication attempts exceeded for `,
    label: 'Security Alert',
    about: 'sshd cut off repeated log-in failures',
  },
  {
    id: 'ssh-user-not-allowed',
    pattern: String.raw`\bUser \S+ from \S+ not allowed because (?:not listed in AllowUsers|listed in DenyUsers|none of user's groups are listed in AllowGroups|a group is listed in DenyGroups|account is locked|shell \S+ (?:does not exist|is not executable))`,
    label: 'Security Alert',
    about: 'sshd refused a user by policy',
  },
  {
    id: 'pam-authentication-failure',
    pattern: String.raw`\bpam_(?:unix|sss|ldap|winbind)\([a-z0-9_-]+:auth\): (?:authentication failure;|check pass; user unknown)|\bPAM [0-9]+ more authentication failures?; logname=|\bPAM service\([a-z0-9_-]+\) ignoring max retries; `,
    label: 'Security Alert',
    about: 'PAM authentication failed',
  },
  {
    id: 'sudo-refused',
    pattern: String.raw`\b(?:user NOT in sudoers|[0-9]+ incorrect password attempts?|command not allowed|user NOT authorized on host) ; TTY=\S+ ; PWD=`,
    label: 'Security Alert',
    about: 'sudo refused a command',
  },
  {
    id: 'login-failed-console',
    pattern: String.raw`\bFAILED LOGIN (?:\([0-9]+\)|[0-9]+|SESSION) (?:FROM|on) \S+ FOR |\bFAILED SU \(to \S+\) \S+ on |\bTOO MANY LOGIN TRIES \([0-9]+\) `,
    label: 'Security Alert',
    about: 'log-in or su failed',
  },
  {
    id: 'fail2ban-ban',
    pattern: String.raw`\[[A-Za-z0-9_-]+\] (?:Restore )?Ban [0-9a-f]*[:.][0-9a-f:.]+\s*$`,
    label: 'Security Alert',
    about: 'fail2ban blocked an address',
  },
  {
    id: 'mail-login-failed',
    pattern: String.raw`\bSASL [A-Z0-9-]+ authentication failed: |\(auth failed, [0-9]+ attempts in [0-9]+ secs\)`,
    label: 'Security Alert',
    about: 'mail server refused a log-in',
  },
  {
    id: 'ftp-login-failed',
    pattern: String.raw`\bFAIL LOGIN: Client "`,
    label: 'Security Alert',
    about: 'FTP server refused a log-in',
  },
  {
    id: 'selinux-denied',
    pattern: String.raw`\bavc: +denied +\{ [a-z_ ]+ \} +for `,
    label: 'Security Alert',
    about: 'SELinux denied an access',
  },
  {
    id: 'apparmor-denied',
    pattern: String.raw`\bapparmor="+DENIED"+ operation="`,
    label: 'Security Alert',
    about: 'AppArmor denied an access',
  },
  {
    id: 'firewall-blocked',
    pattern: String.raw`\[UFW BLOCK\] IN=`,
    label: 'Security Alert',
    about: 'firewall blocked a packet',
  },
  {
    id: 'ssh-accepted',
    pattern: String.raw`\bAccepted (?:password|publickey|keyboard-interactive/pam|gssapi-with-mic|hostbased|certificate) for \S+ from [0-9a-z:.%-]+ port [0-9]+`,
    label: 'User Action',
    about: 'sshd log-in',
  },
  {
    id: 'pam-session',
    pattern: String.raw`\bpam_unix\((?:sshd|login|su|su-l|sudo|sudo-i|gdm-password|lightdm|sddm|xrdp-sesman):session\): session (?:opened|closed) for user \S+`,
    label: 'User Action',
    about: 'a person\'s session began or ended',
  },
  {
    id: 'sudo-command',
    pattern: String.raw`^(?:sudo(?:\[[0-9]+\])?: )?\s*[A-Za-z0-9_][A-Za-z0-9_.@\\-]* : (?:TTY=\S+ ; )?PWD=.* ; USER=\S+ ; (?:GROUP=\S+ ; )?(?:TSID=\S+ ; )?(?:ENV=.* ; )?COMMAND=\S`,
    label: 'User Action',
    about: 'command run with sudo',
  },
  {
    id: 'mail-login',
    pattern: String.raw`\b(?:imap|pop3|submission|managesieve)-login: Login: user=<[^>]+>, method=`,
    label: 'User Action',
    about: 'mail log-in',
  },
  {
    id: 'account-tools',
    pattern: String.raw`\bnew user: name=\S+, UID=[0-9]+, GID=[0-9]+, home=|\bpassword changed for [a-z_][a-z0-9_.-]*\s*$|\bdelete user '[^']+'\s*$`,
    label: 'User Action',
    about: 'account created, changed or deleted',
  },
];
