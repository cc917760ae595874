import type { Plugin } from 'vite';

// Writes into the built page what it may load and whom it may ask. A hole in the page then lets no script run
// that is not a file of this app, and requests go to the identity server and the API alone. The development
// server has scripts of its own in the page, so only the build has it.
export function contentSecurityPolicy(asked: string[]): Plugin {
  const origins = new Set(asked.filter(Boolean).map((address) => new URL(address).origin));
  const content = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    `connect-src 'self' ${[...origins].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const meta = { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content } };
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [{ ...meta, injectTo: 'head-prepend' }],
  };
}
