import { APPLICATION_LINES } from './application-lines.ts';
import { AUTH_LINES } from './auth-lines.ts';
import { CONTAINER_LINES } from './container-lines.ts';
import { DATABASE_LINES } from './database-lines.ts';
import type { LinesById } from './rule-lines.ts';
import { SYSTEM_LINES } from './system-lines.ts';
import { WEB_LINES } from './web-lines.ts';

export const ALL_LINES: LinesById = { ...WEB_LINES, ...AUTH_LINES, ...DATABASE_LINES, ...CONTAINER_LINES, ...SYSTEM_LINES, ...APPLICATION_LINES };
