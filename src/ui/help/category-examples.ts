import type { BuiltInCategory } from '../../contract/category.ts';
import { UNCLASSIFIED } from '../../contract/category.ts';

/** A made-up line of each category, shown in the help. */
export const CATEGORY_EXAMPLES: Readonly<Record<BuiltInCategory | typeof UNCLASSIFIED, string>> = {
  'HTTP Status': 'GET /api/orders/1042 HTTP/1.1 404 18 ms',
  'Security Alert': 'login refused for anna: wrong password, attempt 5 of 5',
  'System Notification': 'nightly backup finished, next run at 02:00',
  'User Action': 'user anna changed the address of customer 4711',
  'Resource Usage': 'disk /var is 93 % full',
  Error: 'could not send e-mail to customer 4711: connection timed out',
  'Critical Error': 'database is down: data files are corrupt',
  'Workflow Error': 'invoice 2031 could not be approved: order has no owner',
  'Deprecation Warning': 'option --legacy is deprecated and will be removed in version 5',
  [UNCLASSIFIED]: '------------------------',
};
