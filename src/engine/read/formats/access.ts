import { lineFormat } from '../line-format.ts';

/** The common and combined log formats of Apache, nginx, Tomcat and others. The whole line stays the message. */
export const accessFormat = lineFormat({ name: 'Access log (common, combined)', kinds: ['access'] });
