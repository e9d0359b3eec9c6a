import type { LinesById } from './rule-lines.ts';

export const SYSTEM_LINES: LinesById = {
  'kernel-panic': {
    matches: ['Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009', '[   12.1] Kernel panic - not syncing: Fatal exception'],
    misses: ['---[ end Kernel panic - not syncing ]---', 'kernel.panic = 10'],
  },
  'kernel-oops': {
    matches: ['BUG: unable to handle page fault for address: ffffb1', 'Oops: 0002 [#1] SMP PTI', 'general protection fault, probably for non-canonical address 0xdead: 0000 [#2] SMP', 'kernel BUG at mm/slub.c:305!'],
    misses: ['traps: app[77] general protection fault ip:7f sp:7ff error:0 in libc.so', 'BUG: the logo is blue'],
  },
  'kernel-lockup': {
    matches: ['watchdog: BUG: soft lockup - CPU#3 stuck for 23s! [kworker/3:1:77]', 'NMI watchdog: Watchdog detected hard LOCKUP on cpu 5'],
    misses: ['soft lockup detector disabled', 'INFO: rcu_sched self-detected stall on CPU'],
  },
  'kernel-oom-kill': {
    matches: ['Out of memory: Killed process 812 (mysqld) total-vm:14872340kB, anon-rss:119kB', '[ 812.7] Out of memory: Kill process 77 (java) score 901 or sacrifice child'],
    misses: ['Memory cgroup out of memory: Killed process 99 (stress) total-vm:2101kB', 'TCP: out of memory -- consider tuning tcp_mem'],
  },
  'kernel-segfault': {
    matches: ['nginx[77]: segfault at 18 ip 000055d0e8c1f2aa sp 00007ffc2b1c8e40 error 4 in nginx[55d0e8a00000+ec000]', 'show_signal: 2 callbacks suppressed app[8]: segfault at 0 ip 0000000000000000 sp 00007ffc error 14'],
    misses: ['segfault handler installed for nginx[77]', 'nginx[77]: segfault at start fixed in 1.2'],
  },
  'kernel-disk-error': {
    matches: ['blk_update_request: I/O error, dev sda, sector 812 op 0x0:(READ) flags 0x0', 'critical medium error, dev nvme0n1, sector 99 op 0x0:(READ)', 'Buffer I/O error on dev dm-0, logical block 77, lost async page write'],
    misses: ['Buffer I/O error on dev sr0, logical block 0, async page read', 'blk_update_request: I/O error, dev fd0, sector 0'],
  },
  'kernel-filesystem-damaged': {
    matches: ['EXT4-fs error (device sda2): ext4_lookup:1855: inode #77: comm ls: deleted inode referenced: 99', 'EXT4-fs (sda2): Remounting filesystem read-only', 'XFS (dm-2): Metadata corruption detected at xfs_agf_read_verify+0x9e/0xe0'],
    misses: ['EXT4-fs (sda2): mounted filesystem with ordered data mode. Opts: errors=remount-ro', 'EXT4-fs warning (device dm-1): ext4_dx_add_entry: Directory index full'],
  },
  'kernel-raid-disk-failed': {
    matches: ['md/raid1:md0: Disk failure on sda1, disabling device.', 'md/raid:md127: Disk failure on sdc, disabling device.'],
    misses: ['md/raid1:md0: active with 2 out of 2 mirrors', 'md/raid1:md0: redirecting sector 7 to other mirror: sda1'],
  },
  'kernel-syn-flood': {
    matches: ['TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.  Check SNMP counters.', 'TCP: request_sock_TCP: Possible SYN flooding on port 10.0.0.1:80. Sending cookies.'],
    misses: ['SYN flooding protection enabled on port 443', 'Possible flooding in cellar'],
  },
  'kernel-conntrack-full': {
    matches: ['nf_conntrack: table full, dropping packet', 'nf_conntrack: nf_conntrack: table full, dropping packet'],
    misses: ['nf_conntrack: automatic helper assignment is deprecated', 'nf_conntrack version 0.5.0 (65536 buckets, 262144 max)'],
  },
  'kernel-cpu-throttled': {
    matches: ['CPU3: Core temperature above threshold, cpu clock throttled (total events = 77)', 'mce: CPU0: Package temperature is above threshold, cpu clock is throttled (total events = 1)'],
    misses: ['CPU3: Core temperature/speed normal', 'temperature threshold set'],
  },
  'kernel-boot': {
    matches: ['Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org) (gcc-12)', 'Command line: BOOT_IMAGE=/boot/vmlinuz-6.1.0 root=/dev/sda1 ro quiet'],
    misses: ['Linux version mismatch', 'Command line: java -jar app.jar'],
  },
  'kernel-filesystem-mounted': {
    matches: ['EXT4-fs (sda2): mounted filesystem with ordered data mode. Opts: (null)', 'XFS (dm-2): Mounting V5 Filesystem 7c1e'],
    misses: ['EXT4-fs (sda2): error loading journal', 'XFS (dm-2): Unmounting Filesystem'],
  },
  'kernel-usb-device': {
    matches: ['usb 1-1.2: new high-speed USB device number 7 using xhci_hcd', 'usb 2-1: new SuperSpeed Gen 1 USB device number 3 using xhci_hcd', 'usb 1-1.2: USB disconnect, device number 7'],
    misses: ['usb 1-1.2: device descriptor read/64, error -71', 'usb 1-1.2: device not accepting address 7, error -71'],
  },
  'systemd-unit-crashed': {
    matches: ['mariadb.service: Main process exited, code=dumped, status=11/SEGV', 'app.service: Failed with result \'core-dump\'.', 'rsyslog.service: Start request repeated too quickly.'],
    misses: ["certbot.service: Failed with result 'exit-code'.", 'app.service: Main process exited, code=killed, status=9/KILL', 'app.service: Main process exited, code=exited, status=0/SUCCESS'],
  },
  'systemd-unit-done': {
    matches: ['fstrim.service: Deactivated successfully.', 'session-7.scope: Succeeded.'],
    misses: ["fstrim.service: Failed with result 'timeout'.", 'upload: Succeeded.'],
  },
  'systemd-target-reached': {
    matches: ['Reached target Multi-User System.', 'systemd[1]: Listening on D-Bus System Message Bus Socket.', 'Created slice User Slice of UID 1000.'],
    misses: ['Failed to reach target: disk', 'Listening on port: 80.'],
  },
  'systemd-startup-finished': {
    matches: ['Startup finished in 4.1s (kernel) + 9.8s (initrd) + 1min 31.2s (userspace) = 1min 45.1s.', 'Startup finished in 812ms.'],
    misses: ['Startup finished in error', 'Startup not finished in 90s'],
  },
  'systemd-consumed': {
    matches: ['backup.service: Consumed 14min 22.801s CPU time.', 'user-1000.slice: Consumed 812ms CPU time, 44.1M memory peak.'],
    misses: ['backup.service: Consumed 7 messages', 'Consumed 1.2s CPU time'],
  },
  'cron-job-started': {
    matches: ['(root) CMD (   cd / && run-parts --report /etc/cron.hourly)', 'CRON[812]: (www-data) CMD (php /srv/cron.php)'],
    misses: ['(root) CMDEND (run-parts)', '(CRON) info (No MTA installed, discarding output)', '(mia) BEGIN EDIT (mia)'],
  },
  'dpkg-status': {
    matches: ['status installed libc6:amd64 2.36-9', '2025-03-12 10:00:00 install nginx:all <none> 1.22.1-9', 'startup archives unpack', 'upgrade curl:amd64 7.88.1-10 7.88.1-11'],
    misses: ['status half-open port:amd64', 'install failed nginx:all <none> 1.22', 'configure the router: all good'],
  },
  'dhcp-lease': {
    matches: ['DHCPACK of 10.0.0.9 from 10.0.0.1', 'DHCPACK on 10.0.0.9 to 52:54:00:12:34:56 (laptop) via eth0', 'bound to 10.0.0.9 -- renewal in 1600 seconds.'],
    misses: ['DHCPNAK from 10.0.0.1', 'No DHCPOFFERS received.'],
  },
  'time-synchronised': {
    matches: ['Selected source 192.0.2.123 (pool.ntp.test)', 'Initial synchronization to time server 192.0.2.123:123 (ntp.test).'],
    misses: ['Can\'t synchronise: no selectable sources', 'Timed out waiting for reply from 192.0.2.123:123'],
  },
  'mail-delivered': {
    matches: ['4F1C: to=<mia@a.test>, relay=mx.a.test[192.0.2.25]:25, delay=0.4, delays=0.1/0/0.1/0.2, dsn=2.0.0, status=sent (250 OK)', '4F1D: to=<bob@b.test>, relay=local, delay=0.1, dsn=2.0.0, status=sent (delivered to mailbox)'],
    misses: ['4F1E: to=<mia@a.test>, relay=none, delay=30, dsn=4.4.1, status=deferred (Connection timed out)', 'status=sent (maybe)'],
  },
  'mail-not-delivered': {
    matches: ['4F1E: to=<mia@a.test>, relay=none, delay=30, delays=0/0/30/0, dsn=4.4.1, status=deferred (connect to a.test: Connection timed out)', '4F1F: to=<x@a.test>, relay=mx.a.test, dsn=5.1.1, status=bounced (user unknown)'],
    misses: ['4F1C: to=<mia@a.test>, relay=mx.a.test, dsn=2.0.0, status=sent (250 OK)', 'status=bounced (ball)'],
  },
};
