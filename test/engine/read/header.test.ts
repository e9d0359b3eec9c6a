import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../../src/contract/level.ts';
import { LINES, readAll } from './reading.ts';

/** line, [time in ISO or '' , level, source, message]; message '*' is the whole line */
const CASES: Record<string, readonly (readonly [string, string, string, string, string])[]> = {
  'syslog, RFC 3164': [
    ['Mar  3 04:05:06 web-7 sshd[811]: Accepted publickey for ada from 192.0.2.7 port 50122', '2024-03-03T04:05:06.000Z', '', 'sshd', 'Accepted publickey for ada from 192.0.2.7 port 50122'],
    ['<11>Mar 13 04:05:06 web-7 su(pam_unix)[99]: session opened', '2024-03-13T04:05:06.000Z', 'error', 'su', 'session opened'],
    ['Mar 13 04:05:06 web-7 kernel: [ 4211.120001] eth0: link is down', '2024-03-13T04:05:06.000Z', '', 'kernel', 'eth0: link is down'],
    ['Mar 13 04:05:06 web-7 last message repeated 3 times', '2024-03-13T04:05:06.000Z', '', 'web-7', 'last message repeated 3 times'],
    ['Jul  1 09:01:05 laptop com.example.agent[1] (com.example.job[77]): Service exited', '2024-07-01T09:01:05.000Z', '', 'com.example.agent', 'Service exited'],
  ],
  'syslog, RFC 5424 and RFC 3339': [
    ['<165>1 2024-01-02T03:04:05.678Z web-7 billing 812 ID47 [origin x="\\]" ip="a]b"][more] invoice 7 sent', '2024-01-02T03:04:05.678Z', 'notice', 'billing', 'invoice 7 sent'],
    ['<34>1 2024-01-02T03:04:05+02:00 web-7 su - - - denied', '2024-01-02T01:04:05.000Z', 'critical', 'su', 'denied'],
    ['2024-01-02T03:04:05.123456789Z stderr F WARN shop.Cart: low on stock', '2024-01-02T03:04:05.123Z', 'warning', 'shop.Cart', 'low on stock'],
    ['2024-01-02 03:04:05,the pump stopped', '2024-01-02T03:04:05.000Z', '', '', 'the pump stopped'],
    ['2024-01-02T03:04:05.123456789Z stdout P half of a long line', '2024-01-02T03:04:05.123Z', '', 'stdout', 'half of a long line'],
    ['2024-01-02T03:04:05.123456+01:00 web-7 systemd[1]: Started Session 12.', '2024-01-02T02:04:05.123Z', '', 'systemd', 'Started Session 12.'],
  ],
  'devices': [
    ['Jan  2 03:04:05 fw1 %ASA-4-106023: Deny tcp src outside:192.0.2.9/1234', '2024-01-02T03:04:05.000Z', 'warning', '%ASA-4-106023', 'Deny tcp src outside:192.0.2.9/1234'],
    ['Jan  2 2024 03:04:05 fw1 : %ASA-6-302013: Built inbound TCP connection 1', '2024-01-02T03:04:05.000Z', 'info', '%ASA-6-302013', 'Built inbound TCP connection 1'],
    ['*Mar  1 00:00:42.123: %SYS-5-CONFIG_I: Configured from console', '2024-03-01T00:00:42.123Z', 'notice', '%SYS-5-CONFIG_I', 'Configured from console'],
    ['000123: Jan  2 03:04:05.678: %LINK-3-UPDOWN: Interface Gi0/1, changed state to down', '2024-01-02T03:04:05.678Z', 'error', '%LINK-3-UPDOWN', 'Interface Gi0/1, changed state to down'],
    ['Jan  2 03:04:05 phone board(Front)[55] <Error>: failed to get fix', '2024-01-02T03:04:05.000Z', 'error', 'board', 'failed to get fix'],
    ['Jan  2 03:04:05 phone board(Front)[55] <nothing>: failed to get fix', '2024-01-02T03:04:05.000Z', '', 'board', '<nothing>: failed to get fix'],
  ],
  'Ruby, Rust, PHP, Perl, .NET': [
    ['E, [2024-01-02T03:04:05.678901 #1234] ERROR -- shop: boom (RuntimeError)', '2024-01-02T03:04:05.678Z', 'error', 'shop', 'boom (RuntimeError)'],
    ['I, [2024-01-02T03:04:05.678901 #1234]  INFO -- : [a1b2] Started', '2024-01-02T03:04:05.678Z', 'info', '', '[a1b2] Started'],
    ['A, [2024-01-02T03:04:05.678901 #1234]   ANY -- : started', '2024-01-02T03:04:05.678Z', '', '', 'started'],
    ['[2024-01-02T03:04:05Z WARN  shop::orders] careful', '2024-01-02T03:04:05.000Z', 'warning', 'shop::orders', 'careful'],
    ['[02-Jan-2024 03:04:05 UTC] PHP Warning:  Undefined variable $x', '2024-01-02T03:04:05.000Z', 'warning', '', 'PHP Warning:  Undefined variable $x'],
    ['[02-Jan-2024 03:04:05 UTC] PHP Fatal error:  Uncaught Error: no f()', '2024-01-02T03:04:05.000Z', 'critical', '', 'PHP Fatal error:  Uncaught Error: no f()'],
    ['2024/01/02 03:04:05 ERROR> app.pl:12 main:: - Could not open', '2024-01-02T03:04:05.000Z', 'error', '', 'app.pl:12 main:: - Could not open'],
    ['fail: Shop.Server[13]', '', 'error', '', '*'],
    ['trce: Shop.Server[13]', '', 'trace', '', '*'],
    ['dbug: Shop.Server[13]', '', 'debug', '', '*'],
    ['FAIL test/cart.test.js', '', '', '', '*'],
  ],
  'web servers': [
    ['[Tue Jan 02 03:04:05 2024] [warn] child 77 still did not exit', '2024-01-02T03:04:05.000Z', 'warning', '', 'child 77 still did not exit'],
    ['[Tue Jan 02 03:04:05.123456 2024] [proxy:error] [pid 12:tid 34] [client 192.0.2.1:99] AH00898: no response', '2024-01-02T03:04:05.123Z', 'error', 'proxy', 'AH00898: no response'],
    ['2024/01/02 03:04:05 [crit] 31#31: *9 SSL_do_handshake() failed', '2024-01-02T03:04:05.000Z', 'critical', '', 'SSL_do_handshake() failed'],
    ['192.0.2.1 - ada [02/Jan/2024:03:04:05 +0100] "GET /a HTTP/1.1" 200 12', '2024-01-02T02:04:05.000Z', '', '', '*'],
    ['shop.example:443 192.0.2.1 - - [02/Jan/2024:03:04:05 -0130] "GET / HTTP/2" 503 0 "-" "x"', '2024-01-02T04:34:05.000Z', '', 'shop.example', '*'],
    ['[Tue Jan 02 03:04:05.123456 2024] [ssl:trace4] [pid 12:tid 34] ssl_engine.c(1): [client 192.0.2.1:99] handshake', '2024-01-02T03:04:05.123Z', 'trace', 'ssl', 'ssl_engine.c(1): [client 192.0.2.1:99] handshake'],
  ],
  'Java': [
    ['2024-01-02 03:04:05,678 [pool-1-thread-2] INFO  com.example.shop.Cart - Order 7 placed', '2024-01-02T03:04:05.678Z', 'info', 'com.example.shop.Cart', 'Order 7 placed'],
    ['24/01/02 03:04:05 WARN storage.Blocks: Block b_7 lost', '2024-01-02T03:04:05.000Z', 'warning', 'storage.Blocks', 'Block b_7 lost'],
    ['240102 030405 42 ERROR fs.Node$Reader: cannot read', '2024-01-02T03:04:05.000Z', 'error', 'fs.Node$Reader', 'cannot read'],
    ['2024-01-02T03:04:05.678Z  WARN 77 --- [shop] [           main] c.e.Shop                                 : low on stock', '2024-01-02T03:04:05.678Z', 'warning', 'c.e.Shop', 'low on stock'],
    ['2024-01-02 03:04:05,678 - INFO  [Peer[id=1]/0.0.0.0:2181] - Notification time out', '2024-01-02T03:04:05.678Z', 'info', '', 'Notification time out'],
    ['2024-01-02 03:04:05,678 [myid:] - WARN  [Worker-1:Conn@373] - Unable to read', '2024-01-02T03:04:05.678Z', 'warning', '', 'Unable to read'],
    ['SEVERE: Servlet threw', '', 'error', '', 'Servlet threw'],
    ['02-Jan-2024 03:04:05.678 INFO [main] org.example.catalina.Start.log Server ready', '2024-01-02T03:04:05.678Z', 'info', 'org.example.catalina.Start.log', 'Server ready'],
    ['\tat com.example.Shop.main(Shop.java:7)', '', '', '', '*'],
    ['java.lang.IllegalStateException: no cart', '', '', '', '*'],
  ],
  'Python': [
    ['2024-01-02 03:04:05,678 - shop.cart - ERROR - payment failed - card 7', '2024-01-02T03:04:05.678Z', 'error', 'shop.cart', 'payment failed - card 7'],
    ['WARNING:shop.cart:nearly empty', '', 'warning', 'shop.cart', 'nearly empty'],
    ['INFO:root:hello', '', 'info', 'root', 'hello'],
    ['2024-01-02 03:04:05.678 | INFO     | shop.cart:add:12 - item added', '2024-01-02T03:04:05.678Z', 'info', 'shop.cart:add:12', 'item added'],
    ['n-api.log 2024-01-02 03:04:05.008 257 INFO n.osapi.server [req-9bc 113d 54fa - - -] 192.0.2.1 "GET /v2" status: 200', '2024-01-02T03:04:05.008Z', 'info', 'n.osapi.server', '192.0.2.1 "GET /v2" status: 200'],
  ],
  'databases': [
    ['2024-01-02 03:04:05.678 UTC [123] LOG:  database system is ready', '2024-01-02T03:04:05.678Z', 'info', '', 'database system is ready'],
    ['2024-01-02 03:04:05.678 CET [123] shop@orders FATAL:  too many connections', '2024-01-02T02:04:05.678Z', 'critical', '', 'too many connections'],
    ['9:M 02 Jan 2024 03:04:05.678 # Out of memory', '2024-01-02T03:04:05.678Z', 'warning', '', 'Out of memory'],
    ['2024-01-02T03:04:05.678901Z 0 [Warning] [MY-010068] [Server] certificate is self signed.', '2024-01-02T03:04:05.678Z', 'warning', 'Server', 'certificate is self signed.'],
    ['240102  3:04:05 [ERROR] Plugin failed', '2024-01-02T03:04:05.000Z', 'error', '', 'Plugin failed'],
  ],
  'others': [
    ['2024-01-02 03:04:05, Info                  CBS    Session 7 initialised', '2024-01-02T03:04:05.000Z', 'info', 'CBS', 'Session 7 initialised'],
    ['E0102 03:04:05.678901       1 pods.go:190] sync failed', '2024-01-02T03:04:05.678Z', 'error', 'pods.go', 'sync failed'],
    ['01-02 03:04:05.678  1702  2395 D Windows: frozen', '2024-01-02T03:04:05.678Z', 'debug', 'Windows', 'frozen'],
    ['I20240102 03:04:05.678901 4321 server.cc:77] listening', '2024-01-02T03:04:05.678Z', 'info', 'server.cc', 'listening'],
    ['2024-01-02 03:04:05.678  1702-2395  OkHttp                  com.example.shop                     D  <-- 200 OK', '2024-01-02T03:04:05.678Z', 'debug', 'OkHttp', '<-- 200 OK'],
    ['2024-01-02 03:04:05.678 1702-2395/com.example.shop W/Cart: 3 left', '2024-01-02T03:04:05.678Z', 'warning', 'Cart', '3 left'],
    ['2024-01-02 03:04:05.678 +0100 10112  8700  8722 E Cart    : \tat x', '2024-01-02T02:04:05.678Z', 'error', 'Cart', '\tat x'],
    ['E/Cart    (10112: 8700): gone', '', 'error', 'Cart', 'gone'],
    ['[ 01-02 03:04:05.678 10112: 8700: 8722 I/Cart     ]', '2024-01-02T03:04:05.678Z', 'info', 'Cart', ''],
    ['17 [main] WARN  shop.Cart ctx - low', '', 'warning', 'shop.Cart', 'low'],
    ['2024-01-02 03:04:05,678 INFO  [main] shop.Cart (Cart.java:12) - low', '2024-01-02T03:04:05.678Z', 'info', 'shop.Cart', 'low'],
    ['2024-01-02T03:04:05.678Z stderr F I0203 04:05:06.000001       1 pods.go:190] synced', '2024-01-02T03:04:05.678Z', 'info', 'pods.go', 'synced'],
    ['2024-01-02T03:04:05.678Z stderr F panic: no shelf', '2024-01-02T03:04:05.678Z', 'critical', 'stderr', 'panic: no shelf'],
    ['Sat 2024-01-02 03:04:05 UTC web-7 sshd[811]: hello', '2024-01-02T03:04:05.000Z', '', 'sshd', 'hello'],
    ['msg="level=debug time=2020-01-01T00:00:00Z" level=warn component="rule manager" ts=2024-01-02T03:04:05Z', '2024-01-02T03:04:05.000Z', 'warning', 'rule manager', '*'],
    ['1704164645 job 7 done', '2024-01-02T03:04:05.000Z', '', '', 'job 7 done'],
    ['1704164645678 job 7 done', '2024-01-02T03:04:05.678Z', '', '', 'job 7 done'],
    ['[   12.345678] usb 1-1: new device', '', '', '', 'usb 1-1: new device'],
    ['[WARN] disk 91 % full', '', 'warning', '', 'disk 91 % full'],
    ['ERROR: no such job', '', 'error', '', 'no such job'],
    ['error: no such job', '', 'error', '', '*'],
    ['2024-01-02 03:04:05 error while loading the plug-in', '2024-01-02T03:04:05.000Z', 'error', '', 'error while loading the plug-in'],
    ['2024-01-02 03:04:05,123 guard.actions         [77]: NOTICE  [sshd] Ban 192.0.2.9', '2024-01-02T03:04:05.123Z', 'notice', 'guard.actions', 'Ban 192.0.2.9'],
    ['2024-01-02 03:04:05 status installed libx:amd64 2.36', '2024-01-02T03:04:05.000Z', '', '', 'status installed libx:amd64 2.36'],
    ['time="2024-01-02T03:04:05Z" level=warning msg="slow" service=api', '2024-01-02T03:04:05.000Z', 'warning', 'api', '*'],
    ['web-1  | 2024-01-02 03:04:05 INFO ready', '2024-01-02T03:04:05.000Z', 'info', 'web-1', 'ready'],
    ['2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET', '2019-12-04T21:02:31.000Z', '', '', 'LAX1\t392\t192.0.2.100\tGET'],
    ['Start-Date: 2024-01-02  03:04:05', '2024-01-02T03:04:05.000Z', '', 'Start-Date:', '*'],
    ['Nothing but a sentence, with a comma: and a colon', '', '', '', '*'],
    ['', '', '', '', '*'],
  ],
};

for (const [family, cases] of Object.entries(CASES)) {
  describe(family, () => {
    test.each(cases)('%s', (line, time, level, source, message) => {
      const [entry] = readAll(`${line}\n`, LINES).entries;
      const iso = Number.isNaN(entry.time) ? '' : new Date(entry.time).toISOString();
      expect([iso, LEVELS[entry.level], entry.source, entry.message]).toEqual([time, level, source, message === '*' ? line : message]);
      expect(line.endsWith(entry.message)).toBe(true);
    });
  });
}
