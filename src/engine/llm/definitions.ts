import type { BuiltInCategory } from '../../contract/category.ts';

/** The built-in categories in so few words that a small model has read them soon; `meaning` in contract/category.ts says it in full. */
export const DEFINITIONS: Readonly<Record<BuiltInCategory, string>> = {
  'HTTP Status': 'an HTTP request or response with method, path or status code, whatever the status',
  'Security Alert': 'failed login, access denied, attack or scan, misuse of rights, blocked address',
  'System Notification': 'normal life of a system: start, stop, configuration, job, state change, connection, progress, debug trace',
  'User Action': 'a person logs in or out, runs a command, creates or changes an account or a file',
  'Resource Usage': 'a measurement or limit of memory, CPU, disk, queue, throughput, temperature',
  Error: 'an operation, request, connection or call failed or timed out, but the component lives on',
  'Critical Error': 'a whole system, service, node or device is down, crashed, corrupt or fatally failing; data loss',
  'Workflow Error': 'a business process or multi-step job (order, invoice, approval, pipeline) cannot go on',
  'Deprecation Warning': 'a feature, option or version is deprecated, obsolete, unsupported or to be removed',
};
