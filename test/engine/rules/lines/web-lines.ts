import type { LinesById } from './rule-lines.ts';

export const WEB_LINES: LinesById = {
  'http-access-log': {
    matches: [
      '10.1.2.3 - - [12/Mar/2025:10:00:01 +0000] "GET /index.html HTTP/1.1" 200 612 "-" "curl/8.5.0"',
      '::1 - ops [12/Mar/2025:10:00:02 +0000] "POST /api/orders HTTP/2" 503 -',
      '127.0.0.1 - - [12/Mar/2025 10:00:03] "\x1b[33mGET /favicon.ico HTTP/1.1\x1b[0m" 404 -',
      '10.9.8.7 - - "GET /?q=Failed password for root from 1.2.3.4 port 22 HTTP/1.1" 400 157',
      'INFO: 127.0.0.1:51514 - "GET /docs HTTP/1.1" 404 Not Found',
      '10.0.0.1 - - ""GET /a?b=\\"c\\" HTTP/1.1"" 200 12',
    ],
    misses: [
      'upstream timed out (110: Connection timed out) while reading upstream, client: 10.0.0.1, request: "GET /x HTTP/1.1", upstream: "http://10.0.0.2"',
      'http request line: "GET /healthz HTTP/1.1"',
      'expected "GET / HTTP/1.1" 2000 times a second',
    ],
  },
  'http-labelled-status': {
    matches: [
      '10.4.4.4 "DELETE /v2/9f1c/servers/77 HTTP/1.1" status: 204 len: 203 time: 0.31',
      'nova.osapi_compute.wsgi.server [req-1] 10.4.4.4 GET /v2/9f1c/servers/detail HTTP/1.1 RCODE  200 len: 1583 time: 0.19',
      'GET /v2/e9746973/flavors HTTP/1.1 HTTP status code -  404 len: 1513',
      '10.4.4.4 "POST /v2/9f1c/servers HTTP/1.1" Return code: 202 len: 733',
    ],
    misses: ['volume attach status: 200 of 300 done', 'GET /v2/9f1c HTTP/1.1 status: unknown', 'RCODE 200 received from SIM card'],
  },
  'http-balancer-status': {
    matches: [
      'https app/prod/50dc 192.0.2.1:41220 10.0.1.2:8080 0.000 0.041 0.000 200 200 312 1893 "GET https://shop.test:443/cart HTTP/1.1" "okhttp"',
      'h2 app/prod/50dc 192.0.2.1:41220 - -1 -1 -1 502 - 88 277 "POST https://api.test:443/v1 HTTP/2.0" "axios"',
    ],
    misses: ['0.000 200 200 312 1893 "GET /cart HTTP/1.1', 'ratio 200 200 312 1893 for https://shop.test'],
  },
  'http-haproxy': {
    matches: [
      '10.4.0.2:51344 [12/Mar/2025:09:41:07.118] http-in be_app/web1 0/0/1/23/24 200 1893 - - ---- 112/110/3/1/0 0/0 "GET /c HTTP/1.1"',
      '10.4.0.2:51344 fe~ be/<NOSRV> 0/-1/-1/-1/0 503 217 - - SC-- 40/40/0/0/0 0/0 {shop.test} "GET / HTTP/1.1"',
    ],
    misses: ['Server be_app/web1 is DOWN, reason: Layer4 timeout, check duration: 2001ms. 1/0/0/0/0 sessions', '10.4.0.2:51344 tcp-in be_db/db1 1/0/5007 212 -- 3/3/3/3/0 0/0'],
  },
  'http-squid': {
    matches: ['1741770000.123     45 10.0.0.9 TCP_MISS/200 1312 GET http://deb.test/ubuntu - HIER_DIRECT/192.0.2.4 text/html', 'TCP_TUNNEL/200 5312 CONNECT api.test:443 - HIER_DIRECT/192.0.2.9 -', '3 10.0.0.9 TCP_MEM_HIT/304 212 GET http://a.test/x'],
    misses: ['0 10.0.0.9 TCP_DENIED/403 3921 GET http://bad.test/ - HIER_NONE/- text/html', 'TCP_MISS counter is 200 now'],
  },
  'http-uwsgi': {
    matches: ['[pid: 12|app: 0|req: 7/9] 10.0.0.1 () {40 vars in 600 bytes} [Wed Mar 12] GET /a => generated 512 bytes in 12 msecs (HTTP/1.1 200) 4 headers', 'POST /login => generated 0 bytes in 3 msecs (HTTP/1.0 302)'],
    misses: ['report => generated 512 bytes in 12 msecs', 'GET /a => generated an error in 12 msecs'],
  },
  'http-gin': {
    matches: ['[GIN] 2025/03/12 - 10:00:00 | 200 |     1.2ms |       127.0.0.1 | GET      "/ping"', '[GIN] 2025/03/12 - 10:00:00 | 500 |  21.2ms |  10.0.0.7 | POST     "/orders"'],
    misses: ['[GIN-debug] GET    /ping  --> main.main.func1 (3 handlers)', '[GIN-debug] Listening and serving HTTP on :8080'],
  },
  'http-morgan': {
    matches: ['GET /api/items 200 12.345 ms - 512', 'POST /login 401 3 ms - -'],
    misses: ['GET /api/items failed after 200 retries, 12 ms apart', 'worker took GET /api 200 12 ms too long'],
  },
  'http-rails-started': {
    matches: ['Started GET "/orders/7" for 127.0.0.1 at 2025-03-12 10:00:00 +0000', 'Started POST "/session" for ::1 at 2025-03-12 10:00:00 +0000'],
    misses: ['Started GET worker for 127.0.0.1', 'Started "/orders" for 127.0.0.1 at 2025-03-12'],
  },
  'http-rails-completed': {
    matches: ['Completed 200 OK in 12ms (Views: 3.0ms | ActiveRecord: 1.1ms)', 'Completed 500 Internal Server Error in 250ms'],
    misses: ['Completed 200 of 500 batches in 12ms', 'Completed 200 in 12ms'],
  },
  'http-aspnet': {
    matches: ['Request starting HTTP/1.1 GET http://localhost:5000/api/x - - -', 'Request finished HTTP/2 POST https://shop.test/cart - 201 - application/json 48.1ms'],
    misses: ['Request finished in 48.1ms', 'Request starting HTTP/1.1 handshake'],
  },
  'http-client-request': {
    matches: ['HTTP Request: POST https://api.test/v1/chat "HTTP/1.1 200 OK"', 'httpx INFO HTTP Request: GET http://10.0.0.1:9000/ready "HTTP/2 503 Service Unavailable"'],
    misses: ['HTTP Request: POST https://api.test/v1/chat failed: timed out', 'HTTP Request: none'],
  },
  'web-client-denied': {
    matches: ['[client 192.0.2.7:5000] AH01630: client denied by server configuration: /var/www/html/.git', 'client denied by server configuration: /srv/www/server-status'],
    misses: ['client accepted by server configuration: /var/www', 'request denied by server configuration test'],
  },
  'web-forbidden-by-rule': {
    matches: ['access forbidden by rule, client: 192.0.2.7, server: _, request: "GET /.env HTTP/1.1", host: "a.test"', '*12 access forbidden by rule, client: ::1, server: b.test'],
    misses: ['access not forbidden by rule', 'access forbidden by rule 7 of the handbook'],
  },
  'web-index-forbidden': {
    matches: ['directory index of "/srv/www/" is forbidden, client: 192.0.2.7, server: _', '[client 192.0.2.7] Directory index forbidden by Options directive: /srv/www/img/'],
    misses: ['directory index of "/srv/www/" rebuilt', 'Directory index allowed by Options directive: /srv/www'],
  },
  'web-basic-auth-failed': {
    matches: ['user "ops": password mismatch, client: 192.0.2.7, server: ci.test', 'user "root" was not found in "/etc/nginx/.htpasswd", client: 192.0.2.7', 'AH01617: user mia: authentication failure for "/private": Password Mismatch', 'AH01618: user root not found: /phpmyadmin'],
    misses: ['user "ops": password changed, client: 192.0.2.7', 'user "ops" was found in "/etc/nginx/.htpasswd", client: 192.0.2.7'],
  },
  'web-modsecurity-denied': {
    matches: ['ModSecurity: Access denied with code 403 (phase 2). Matched "Operator" [id "949110"]', '[client 192.0.2.7] ModSecurity: Access denied with connection close (phase 1).'],
    misses: ['ModSecurity: Warning. Matched phrase "sqlmap" [id "913100"]', 'ModSecurity for nginx (STABLE)/3.0.4 configured.'],
  },
  'web-upstream-failed': {
    matches: ['connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1, server: _', 'upstream timed out (110: Connection timed out) while reading response header from upstream, client: 10.0.0.1', 'upstream prematurely closed connection while reading response header from upstream, client: 10.0.0.1'],
    misses: ['connect() to upstream succeeded, client: 10.0.0.1', 'no live upstreams while connecting to upstream, client: 10.0.0.1', 'client timed out (110: Connection timed out) while sending to client, client: 10.0.0.1'],
  },
  'web-file-not-found': {
    matches: ['open() "/srv/www/favicon.ico" failed (2: No such file or directory), client: 10.0.0.1, server: _', '*7 open() "/srv/www/robots.txt" failed (2: No such file or directory), client: ::1'],
    misses: ['open() "/srv/www/secret" failed (13: Permission denied), client: 10.0.0.1', 'open() "/var/run/nginx.pid" failed (2: No such file or directory)'],
  },
  'web-workers-exhausted': {
    matches: ['[pool www] server reached pm.max_children setting (5), consider raising it', 'AH00484: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting', '1024 worker_connections are not enough'],
    misses: ['worker_connections set to 1024', 'server reached setting page, consider raising it'],
  },
  'web-server-running': {
    matches: ['AH00163: Apache/2.4.58 (Debian) configured -- resuming normal operations', 'Apache/2.2.15 (Unix) DAV/2 configured -- resuming normal operations'],
    misses: ['resuming normal operations is not possible', 'Apache/2.4.58 not configured'],
  },
  'web-server-signalled': {
    matches: ['AH00169: caught SIGTERM, shutting down', 'signal 1 (SIGHUP) received from 77, reconfiguring', 'AH00493: SIGUSR1 received.  Doing graceful restart'],
    misses: ['child 77 caught SIGSEGV, shutting down', 'signal 11 (SIGSEGV) received from 77, exiting'],
  },
  'web-nginx-config-ok': {
    matches: ['nginx: the configuration file /etc/nginx/nginx.conf syntax is ok', 'nginx: configuration file /etc/nginx/nginx.conf test is successful'],
    misses: ['nginx: configuration file /etc/nginx/nginx.conf test failed', 'configuration file is old'],
  },
  'web-nginx-worker-started': {
    matches: ['start worker processes', 'start worker process 4411', 'start cache loader process 4413'],
    misses: ['worker process 4411 exited on signal 11', 'could not start worker process'],
  },
};
