import { SCRIPT_POLICY } from './start-script.ts';

/**
 * What page and workers may do, as Content Security Policy directives (W3C CSP 3): program, models and styles of this site,
 * WebAssembly, and nothing else. Workers begin as blobs, which inherit the policy of whoever starts them.
 */
const DIRECTIVES = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self' blob:", "connect-src 'self'", "img-src 'self' data: blob:",
  "style-src 'self'", "font-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-src 'none'",
  // Text becomes elements or scripts by these alone: templates compiled by Svelte, and addresses of our own workers.
  "require-trusted-types-for 'script'", `trusted-types svelte-trusted-html ${SCRIPT_POLICY}`,
] as const;

/** For the meta element in index.html, which knows no `frame-ancestors`. */
export const PAGE_POLICY = DIRECTIVES.join('; ');

/** For the header that the service worker puts on every answer. */
export const HEADER_POLICY = [...DIRECTIVES, "frame-ancestors 'none'"].join('; ');

/**
 * Headers on every answer of this site once its service worker is in control. The page is isolated from all others
 * (HTML, section "Cross-origin opener policies" and "embedder policies"), which threads of the model runtime need.
 */
export const SITE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': HEADER_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};
