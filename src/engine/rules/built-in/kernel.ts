import type { Rule } from '../../../contract/rule.ts';

/** The Linux kernel: crashes, memory, disks, file systems, devices. */
export const KERNEL_RULES: readonly Rule[] = [
  {
    id: 'kernel-panic',
    pattern: String.raw`\bKernel panic - not syncing: `,
    label: 'Critical Error',
    about: 'kernel panic',
  },
  {
    id: 'kernel-oops',
    pattern: String.raw`\bBUG: unable to handle (?:kernel (?:NULL pointer dereference|paging request)|page fault for address)|\bOops: [0-9a-f]{4} \[#[0-9]+\]|\bgeneral protection fault(?:, [^:]+)?: [0-9a-f]{4} \[#[0-9]+\]|\bkernel BUG at \S+:[0-9]+!`,
    label: 'Critical Error',
    about: 'kernel bug',
  },
  {
    id: 'kernel-lockup',
    pattern: String.raw`\bBUG: soft lockup - CPU#[0-9]+ stuck for [0-9]+s!|\bWatchdog detected hard LOCKUP on cpu [0-9]+`,
    label: 'Critical Error',
    about: 'processor stuck',
  },
  {
    // A kill inside a control group ("Memory cgroup out of memory") may be a limit doing its work: left to the model.
    id: 'kernel-oom-kill',
    pattern: String.raw`(?:^|\] |: )Out of memory: Kill(?:ed)? process [0-9]+ \(`,
    label: 'Critical Error',
    about: 'process killed because memory ran out',
  },
  {
    id: 'kernel-segfault',
    pattern: String.raw`\S\[[0-9]+\]: segfault at [0-9a-f]+ ip [0-9a-f]+ sp [0-9a-f]+ error [0-9]+`,
    label: 'Critical Error',
    about: 'program crashed',
  },
  {
    id: 'kernel-disk-error',
    pattern: String.raw`\b(?:critical medium error|I/O error), dev (?:sd[a-z]+|nvme[0-9]+n[0-9]+|vd[a-z]+|xvd[a-z]+), sector [0-9]+|\bBuffer I/O error on dev(?:ice)? \S+, logical block [0-9]+, lost (?:a?sync )?page write\b`,
    label: 'Critical Error',
    about: 'disk cannot be read or written',
  },
  {
    id: 'kernel-filesystem-damaged',
    pattern: String.raw`\bEXT[234]-fs error \(device [^)]+\): |\bEXT[234]-fs \([^)]+\): Remounting filesystem read-only\b|\bXFS \([^)]+\): (?:Metadata )?corruption (?:detected|of in-memory data)|\bBTRFS (?:error|critical) \(device [^)]+\): .*(?:corrupt|checksum verify failed|forced readonly)`,
    label: 'Critical Error',
    about: 'file system is damaged',
  },
  {
    id: 'kernel-raid-disk-failed',
    pattern: String.raw`\bmd/raid[0-9]*:\S+: Disk failure on \S+, disabling device\b`,
    label: 'Critical Error',
    about: 'disk of an array failed',
  },
  {
    id: 'kernel-syn-flood',
    pattern: String.raw`\bPossible SYN flooding on port (?:\S*:)?[0-9]+\. Sending cookies\b`,
    label: 'Security Alert',
    about: 'flood of connection attempts',
  },
  {
    id: 'kernel-conntrack-full',
    pattern: String.raw`\bnf_conntrack: (?:nf_conntrack: )?table full, dropping packet\b`,
    label: 'Resource Usage',
    about: 'connection table is full',
  },
  {
    id: 'kernel-cpu-throttled',
    pattern: String.raw`\b(?:Core|Package) temperature (?:is )?above threshold, cpu clock (?:is )?throttled\b`,
    label: 'Resource Usage',
    about: 'processor is too hot',
  },
  {
    id: 'kernel-boot',
    pattern: String.raw`\bLinux version [0-9]+\.[0-9]+\.[0-9]\S* \(|\bCommand line: BOOT_IMAGE=`,
    label: 'System Notification',
    about: 'system is booting',
  },
  {
    id: 'kernel-filesystem-mounted',
    pattern: String.raw`\bEXT[234]-fs \([^)]+\): mounted filesystem \S+ |\bXFS \([^)]+\): (?:Mounting V[45] Filesystem|Ending clean mount)`,
    label: 'System Notification',
    about: 'file system mounted',
  },
  {
    id: 'kernel-usb-device',
    pattern: String.raw`\busb [0-9]+-[0-9.]+: (?:new (?:low|full|high|SuperSpeed)[- ]\S*(?: \S+)* USB device number [0-9]+ using |USB disconnect, device number [0-9]+)`,
    label: 'System Notification',
    about: 'USB device plugged in or out',
  },
];
