/** What the shipped model and rules can answer. People add their own: nothing may assume nine. */
export interface CategoryInfo {
  /** The text of `target_label` in every export. */
  readonly name: string;
  /** What it means to an operator; shown in the page's help. */
  readonly meaning: string;
  /** The key that gives this label while a table has focus. */
  readonly key: string;
  /** Patterns of this category count as problems whatever else is known of them. */
  readonly problem: boolean;
}

export const CATEGORIES = [
  { name: 'HTTP Status', key: 'h', problem: false, meaning: 'The line reports an HTTP request or response (method, path, URL, status code, response time), whatever the status code was. Also proxy and access-log lines for web requests.' },
  { name: 'Security Alert', key: 's', problem: true, meaning: 'Authentication failure, unauthorised or denied access, break-in or scan attempt, privilege escalation or misuse, blocked address, permission denied by policy, invalid certificate treated as a threat. These are security-relevant lines, not confirmed incidents.' },
  { name: 'System Notification', key: 'n', problem: false, meaning: 'Normal system life: start and stop, configuration, scheduled job, state change, connection opened or closed normally, progress, heartbeat, debugging traces of normal operation.' },
  { name: 'User Action', key: 'u', problem: false, meaning: 'A person (or an account acting for one) did something: logged in or out, opened or closed a session, ran a command, created or changed an account or a file.' },
  { name: 'Resource Usage', key: 'r', problem: false, meaning: 'The point of the line is a measurement or limit of a resource: memory, CPU, disk, quota, file handles, queue length, throughput, capacity, temperature, garbage collection.' },
  { name: 'Error', key: 'e', problem: true, meaning: 'An operation, task, request, connection or call failed, threw, timed out, was refused or aborted, but the component itself lives on.' },
  { name: 'Critical Error', key: 'c', problem: true, meaning: 'A whole system, component, node, service or piece of hardware is down, crashed, panicked, lost, corrupted or fatally failing; unrecoverable hardware, memory or disk faults; data loss.' },
  { name: 'Workflow Error', key: 'w', problem: true, meaning: 'A business process or multi-step job (order, invoice, ticket, approval, data pipeline) could not proceed or was killed.' },
  { name: 'Deprecation Warning', key: 'd', problem: false, meaning: 'A feature, API, option or version is deprecated, obsolete, no longer supported, to be removed, or should be migrated.' },
] as const satisfies readonly CategoryInfo[];

/** The label where nothing is sure enough. Never one of the model's classes. */
export const UNCLASSIFIED = 'Unclassified';
export const UNCLASSIFIED_KEY = '0';

export type BuiltInCategory = (typeof CATEGORIES)[number]['name'];

/** Names of the built-in categories, in the order that every shipped model file's class axis uses. */
export const CATEGORY_NAMES: readonly BuiltInCategory[] = CATEGORIES.map((category) => category.name);

/** Code of Unclassified on every label axis: after the built-in categories and before those that people add, so that codes stay. */
export const UNCLASSIFIED_CODE = CATEGORY_NAMES.length;
