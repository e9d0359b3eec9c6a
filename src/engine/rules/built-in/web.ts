import type { Rule } from '../../../contract/rule.ts';

const METHOD = '(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|CONNECT|TRACE|PROPFIND|REPORT|MKCOL|PURGE)';
const STATUS = '[1-5][0-9][0-9]';
/** Werkzeug colours the request line, also in files. */
const COLOUR = String.raw`(?:\x1b\[[0-9;]*m)*`;

/**
 * Lines that report one web request, whatever became of it. They quote what strangers sent, so they come before
 * all other rules. `"+`: a quote is doubled where a CSV cell was not unescaped.
 */
export const ACCESS_RULES: readonly Rule[] = [
  {
    id: 'http-access-log',
    pattern: String.raw`"${COLOUR}${METHOD} (?:[^"\\]|\\.)*HTTP/[0-9](?:\.[0-9])?${COLOUR}"+ ${STATUS}(?: (?:[0-9]+|-)(?:\s|"|$)| [A-Za-z '-]+$|\s*$)`,
    label: 'HTTP Status',
    about: 'access log: request line, status and size',
  },
  {
    id: 'http-labelled-status',
    pattern: String.raw`\b${METHOD} \S+ HTTP/[0-9](?:\.[0-9])?"*,? +(?:status|RCODE|return code|(?:HTTP )?status code) *[:=-]? *${STATUS}\b`,
    label: 'HTTP Status',
    about: 'request line followed by its named status',
  },
  {
    id: 'http-balancer-status',
    pattern: String.raw` (?:${STATUS}|-) (?:${STATUS}|-) [0-9]+ [0-9]+ "+${METHOD} https?://\S+ HTTP/[0-9](?:\.[0-9])?"`,
    label: 'HTTP Status',
    about: 'load-balancer access log',
  },
  {
    id: 'http-haproxy',
    pattern: String.raw` -?[0-9]+/-?[0-9]+/-?[0-9]+/-?[0-9]+/\+?[0-9]+ (?:${STATUS}|-1) \+?[0-9]+ \S+ \S+ [A-Za-z-]{4} [0-9]+/[0-9]+/[0-9]+/[0-9]+/\+?[0-9]+ [0-9]+/[0-9]+ `,
    label: 'HTTP Status',
    about: 'HAProxy HTTP log',
  },
  {
    id: 'http-squid',
    pattern: String.raw`\bTCP_(?:[A-Z]+_)*(?:HIT|MISS|TUNNEL)(?:_[A-Z]+)*/${STATUS} [0-9]+ ${METHOD} \S+`,
    label: 'HTTP Status',
    about: 'Squid access log, request served',
  },
  {
    id: 'http-uwsgi',
    pattern: String.raw`\b${METHOD} \S+ => generated [0-9]+ bytes in [0-9]+ msecs \(HTTP/[0-9.]+ ${STATUS}\)`,
    label: 'HTTP Status',
    about: 'uWSGI request log',
  },
  {
    id: 'http-gin',
    pattern: String.raw`\[GIN\] .*\| +${STATUS} \| .*\| +${METHOD} +"/`,
    label: 'HTTP Status',
    about: 'Gin request log',
  },
  {
    id: 'http-morgan',
    pattern: String.raw`^${METHOD} /\S* ${STATUS} [0-9]+(?:\.[0-9]+)? ms(?: - (?:[0-9]+|-))?$`,
    label: 'HTTP Status',
    about: 'Express request log',
  },
  {
    id: 'http-rails-started',
    pattern: String.raw`\bStarted ${METHOD} "/[^"]*" for [0-9a-f:.]+ at [0-9]{4}-`,
    label: 'HTTP Status',
    about: 'Rails request received',
  },
  {
    id: 'http-rails-completed',
    pattern: String.raw`\bCompleted ${STATUS} [A-Z][A-Za-z' -]+ in [0-9.]+ms\b`,
    label: 'HTTP Status',
    about: 'Rails request answered',
  },
  {
    id: 'http-aspnet',
    pattern: String.raw`\bRequest (?:starting|finished) HTTP/[0-9](?:\.[0-9])? ${METHOD} https?://\S+ `,
    label: 'HTTP Status',
    about: 'ASP.NET request received or answered',
  },
  {
    id: 'http-client-request',
    pattern: String.raw`\bHTTP Request: ${METHOD} https?://\S+ "+HTTP/[0-9.]+ ${STATUS} `,
    label: 'HTTP Status',
    about: 'HTTP client: request and its status',
  },
];

export const WEB_RULES: readonly Rule[] = [
  {
    id: 'web-client-denied',
    pattern: String.raw`\b(?:AH01630: )?client denied by server configuration: /`,
    label: 'Security Alert',
    about: 'Apache refused a client by its configuration',
  },
  {
    id: 'web-forbidden-by-rule',
    pattern: String.raw`\baccess forbidden by rule, client: `,
    label: 'Security Alert',
    about: 'nginx refused a client by rule',
  },
  {
    id: 'web-index-forbidden',
    pattern: String.raw`\bdirectory index (?:of "[^"]*" is forbidden, client: |forbidden by (?:rule|Options directive))`,
    label: 'Security Alert',
    about: 'listing of a directory refused',
  },
  {
    id: 'web-basic-auth-failed',
    pattern: String.raw`\buser "[^"]*"(?:: password mismatch| was not found in "[^"]*"), client: |\bAH01617: user [^:]*: authentication failure for "|\bAH01618: user .* not found: /`,
    label: 'Security Alert',
    about: 'HTTP password refused',
  },
  {
    id: 'web-modsecurity-denied',
    pattern: String.raw`\bModSecurity: Access denied with (?:code [45][0-9][0-9]|connection close|redirection)`,
    label: 'Security Alert',
    about: 'web application firewall stopped a request',
  },
  {
    id: 'web-upstream-failed',
    pattern: String.raw`\b(?:connect\(\) failed \([0-9]+: [^)]+\)|upstream timed out \([0-9]+: [^)]+\)|upstream prematurely closed connection|recv\(\) failed \([0-9]+: [^)]+\)) while (?:connecting to|reading response header from|reading|sending request to) upstream, client: `,
    label: 'Error',
    about: 'nginx got no answer from an upstream server',
  },
  {
    id: 'web-file-not-found',
    pattern: String.raw`\bopen\(\) "[^"]*" failed \(2: No such file or directory\), client: `,
    label: 'Error',
    about: 'nginx was asked for a file that does not exist',
  },
  {
    id: 'web-workers-exhausted',
    pattern: String.raw`\b(?:server reached (?:pm\.max_children|MaxRequestWorkers|MaxClients) setting\b.*, consider raising|[0-9]+ worker_connections are not enough\b)`,
    label: 'Resource Usage',
    about: 'web server is out of workers or connections',
  },
  {
    id: 'web-server-running',
    pattern: String.raw`\bconfigured -- resuming normal operations\b`,
    label: 'System Notification',
    about: 'Apache started or reloaded',
  },
  {
    id: 'web-server-signalled',
    pattern: String.raw`\b(?:AH00169: )?caught SIGTERM, shutting down\b|\bsignal 1 \(SIGHUP\) received from [0-9]+, reconfiguring\b|\bAH00493: SIGUSR1 received\. +Doing graceful restart\b`,
    label: 'System Notification',
    about: 'web server told to stop or reload',
  },
  {
    id: 'web-nginx-config-ok',
    pattern: String.raw`\bconfiguration file \S+ (?:test is successful|syntax is ok)\b`,
    label: 'System Notification',
    about: 'nginx accepted its configuration',
  },
  {
    id: 'web-nginx-worker-started',
    pattern: String.raw`\bstart (?:worker process|cache manager process|cache loader process) [0-9]+$|^start worker processes$`,
    label: 'System Notification',
    about: 'nginx started a process',
  },
];
