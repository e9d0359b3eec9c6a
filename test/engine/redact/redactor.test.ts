import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REDACTIONS } from '../../../src/contract/export.ts';
import type { RedactionKind } from '../../../src/contract/export.ts';
import { passesLuhn } from '../../../src/engine/redact/cards.ts';
import { mayHold } from '../../../src/engine/redact/may-hold.ts';
import { Redactor } from '../../../src/engine/redact/redactor.ts';

const KEY = Uint8Array.from({ length: 16 }, (_, at) => 7 * at);
const redactor = (kinds: readonly RedactionKind[] = REDACTIONS, own: readonly string[] = []): Redactor => new Redactor({ kinds, own, key: KEY });
/** The stand-ins' kinds alone: "[ip]". */
const shape = (text: string, kinds?: readonly RedactionKind[], own?: readonly string[]): string => redactor(kinds, own).text(text).replace(/\[(\w+) [0-9a-f]{10}\]/g, '[$1]');

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

describe('finds', () => {
  test.each([
    ['from 10.0.0.1:22, [2001:db8::1]:443 and fe80::1%eth0.', 'from [ip]:22, [[ip]]:443 and [ip]%eth0.'],
    ['10.0.0.0/8 ::ffff:192.168.1.9 ::1 2001:0db8:0000:0000:0000:ff00:0042:8329', '[ip]/8 [ip] [ip] [ip]'],
    ['GET http://10.1.2.3/x from web1/10.0.0.7:80 via ip-172-31-0-9.internal', 'GET http://[ip]/x from web1/[ip]:80 via ip-[ip].internal'],
    ['addr:10.0.0.1: refused by 2001:db8::2: no route', 'addr:[ip]: refused by [ip]: no route'],
    ['mac 00:1B:44:11:3a:b7, 00-1b-44-11-3a-b7, 001b.4411.3ab7', 'mac [mac], [mac], [mac]'],
    ['mail to Jane.Doe+x@Example.org, <ops@mail.example.co.uk>.', 'mail to [email], <[email]>.'],
    ['GET /u?mail=jane%40example.org&x=1 jürgen@müller.example', 'GET /u?mail=[email]&x=1 [email]'],
    [`Authorization: Bearer ${JWT}`, 'Authorization: Bearer [token]'],
    ['authorization: Basic dXNlcjpwYXNz, key AKIAIOSFODNN7EXAMPLE', 'authorization: Basic [token], key [token]'],
    ['AIzaSyA-1234567890abcdefghijklmnopqrstu ghp_abcdefghijklmnopqrstuvwxyz0123456789 xoxb-123456789012-abcdefGHIJ', '[token] [token] [token]'],
    ['password=hunter2 db_secret: "a b" {"api_key":"xyz"} pwd: s3cr3t, client-secret=>q', 'password=[token] db_secret: "[token]" {"api_key":"[token]"} pwd: [token], client-secret=>[token]'],
    ['postgres://app:hunter2@db.internal/x', 'postgres://app:[token]@db.internal/x'],
    ['sha 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', 'sha [token]'],
    ['key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY0a9Zq8Lm3Xc7V', 'key [token]'],
    ['card 4111111111111111, 4111 1111 1111 1111; 5500-0000-0000-0004 3782 822463 10005', 'card [card], [card]; [card] [card]'],
    ['id4111111111111111x', 'id[card]x'],
    ['?to=jane%2540example.org&q=a%40b.example', '?to=[email]&q=[email]'],
    ['raw {"to":"jane\\u0040example.org"}', 'raw {"to":"[email]"}'],
    ['b"GET /\\r\\n10.0.0.1\\t2001:db8::1\\n4111 1111 1111 1111"', 'b"GET /\\r\\n[ip]\\t[ip]\\n[card]"'],
    ['/go?u=ip%3D10.0.0.1%26password%3Dhunter2%2C2001:db8::1&password=ab%26cd', '/go?u=ip%3D[ip]%26password%3D[token]%2C[ip]&password=[token]'],
    ['/go?u=a%25203.3.3.3%253D4.4.4.4', '/go?u=a%2520[ip]%253D[ip]'],
  ])('%s', (text, expected) => {
    expect(shape(text)).toBe(expected);
  });

  test.each([
    'at 12:34:56.789 2024-01-02T03:04:05+01:00', 'version 1.2.3.4, v10.2.0.1, Version: 4.8.9.10', 'Mozilla/5.0 Chrome/120.0.0.0 Safari/537.36', 'OID 1.3.6.1.4.1.311', '256.1.2.3',
    '550e8400-e29b-41d4-a716-446655440000', 'std::vector Foo::Bar a: b:', 'root@web1 @deprecated user@', 'Failed password for root', 'Invalid token: unexpected end of input', 'password: Failed',
    'Bearer authentication is required, Basic auth too', 'org/springframework/beans/factory/support/AbstractBeanFactory.getBean', '/usr/share/Applications/some-Long_path/of-words/that-is-2-long/To-read', 'my-service-7d9f8b6c5d-x2k4p.production.svc.cluster.local',
    '20240102 030405 and 2024-01-02 03:04:05', 'epoch 1700000000000 1700000000000000 1700000000000000000', 'id 4111111111111112', 'took 1234 ms, 5678 rows, 90 %', 'password=null token=',
  ])('leaves %s', (text) => {
    expect(redactor().text(text)).toBe(text);
  });

  test('only the kinds asked for', () => {
    const text = 'a@b.example 10.0.0.1 password=x1 4111111111111111';
    expect(shape(text, ['email'])).toBe('[email] 10.0.0.1 password=x1 4111111111111111');
    expect(shape(text, ['card', 'address'])).toBe('a@b.example [ip] password=x1 [card]');
    expect(shape(text, [])).toBe(text);
  });

  test('own expressions, in whatever case; one that cannot be used is named', () => {
    expect(shape('Order ORD-17 of Cust-9', [], ['ord-\\d+', 'cust-\\d'])).toBe('Order [own] of [own]');
    expect(shape('abc', [], ['x*', ''])).toBe('abc');
    expect(() => redactor([], ['ok', '(?=x)'])).toThrow(expect.objectContaining({ name: 'rules-refused', message: expect.stringContaining('“(?=x)”') as string }) as Error);
  });

  test('a list of expressions that would take for ever is refused', () => {
    const many = Array.from({ length: 101 }, (_, at) => `token${at}`);
    expect(() => redactor([], many)).toThrow(/101 expressions; up to 100/);
    expect(shape('token99', [], many.slice(0, 100))).toBe('[own]');
  });

  test('an address alike however it is written', () => {
    const [one, ...others] = ['2001:db8::a00:1', '2001:0DB8:0:0:0:0:0A00:0001', '2001:db8:0:0::10.0.0.1'].map((text) => redactor().text(text));
    expect(others).toEqual([one, one]);
    expect(redactor().text('::1')).not.toBe(redactor().text('1::'));
  });

  test('what overlaps is covered whole', () => {
    expect(shape('password=jane@example.org!', ['email', 'token'])).toBe('password=[token]');
    expect(shape('a 10.0.0.1 b', ['address'], ['0\\.0\\.1 b'])).toBe('a [own]');
  });
});

describe('stand-ins', () => {
  test('are the same for the same value in whatever form, and others for other values and keys', () => {
    const one = redactor();
    expect(one.text('4111111111111111')).toBe(one.text('4111-1111-1111-1111'));
    expect(one.text('A@b.example')).toBe(one.text('a@B.example'));
    expect(one.text('00:1B:44:11:3A:B7')).toBe(one.text('001b.4411.3ab7'));
    expect(one.text('10.0.0.1')).not.toBe(one.text('10.0.0.2'));
    expect(one.text('10.0.0.1')).toBe(redactor().text('10.0.0.1'));
    expect(new Redactor({ kinds: ['address'], own: [], key: new Uint8Array(16) }).text('10.0.0.1')).not.toBe(one.text('10.0.0.1'));
  });

  test('are counted', () => {
    const one = redactor();
    one.text('10.0.0.1 a@b.example');
    one.text('nothing');
    expect(one.replaced).toBe(2);
  });
});

describe('any text', () => {
  const piece = fc.constantFrom('4111111111111111', '4111 1111 1111 1111', '10.0.0.1', '::1', 'a@b.example', '@', ':', '=', 'password=', '"', ' ', '-', '.', '/', 'Bearer ', 'eyJ', 'deadbeef', '0x', '%40', 'é', '\ud83d\ude00', '9', 'AKIA', '\\', 'x');
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  test('no number that passes the Luhn check survives', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 }).map((list) => {
      const body = list.join('');
      const check = [...'0123456789'].find((digit) => passesLuhn(body + digit)) ?? '';
      return body + check;
    }).filter((number) => number[0] !== '1' && /[1-9]/.test(number));
    const grouped = digits.filter((number) => '56'.includes(number[0]) || (number.length === 16 && '234'.includes(number[0]))).chain((number) => fc.constantFrom(' ', '-').map((sign) => number.replace(/(\d{4})(?=\d)/g, `$1${sign}`)));
    fc.assert(fc.property(fc.oneof(digits, grouped), fc.constantFrom('', 'card ', 'n=', '"', 'x'), (number, before) => {
      const out = redactor(['card']).text(`${before}${number}.`);
      for (const run of out.matchAll(/\d{13,19}/g)) expect(passesLuhn(run[0])).toBe(false);
      if (before !== 'x') expect(out).toMatch(/\[card [0-9a-f]{10}\]\.$/);
    }), { numRuns: 2000 });
  });

  test('the glance at the bytes lets nothing by', () => {
    fc.assert(fc.property(text, (one) => {
      const out = redactor().text(one);
      const bytes = new TextEncoder().encode(one);
      if (out !== one) expect(mayHold(bytes, 0, bytes.length)).toBe(true);
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(redactor().bytes(bytes, 0, bytes.length) ?? bytes)).toBe(out);
    }), { numRuns: 3000 });
  });

  test('time is linear', () => {
    for (const hostile of ['a@', 'eyJ', '1.', '1:', 'f', '4 ', '4111111111111111 ', 'password', 'password=', '%40', 'a%40a.b', 'Bearer ', '://a:', '1-', 'xoxb-', 'a.a@b.', '::', 'ff-', 'A1b/', 'SG.', 'ip-1-', '"', 'sk-']) {
      const took = (length: number): number => {
        const long = hostile.repeat(Math.ceil(length / hostile.length));
        const start = performance.now();
        redactor().text(long);
        return performance.now() - start;
      };
      took(20_000);
      const [short, long] = [Math.max(2, took(50_000)), took(800_000)];
      expect(long, `${hostile}: ${short} → ${long} ms`).toBeLessThan(short * 16 * 8 + 200);
    }
  }, 60_000);
});
