// The example `react-code-grant` as it is built for a server, in Chromium.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';

import { openWindow } from '../browser/chromium.mjs';
import { serve } from '../fixtures/loopback.mjs';
import { ENDPOINT, PASSWORD, UserPool } from '../fixtures/user_pool.mjs';
import { fillSignInPage } from './sign_in_page.mjs';

const run = promisify(execFile);

const EXAMPLE = join(import.meta.dirname, '../../examples/react-code-grant');
const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript' };

const folder = await mkdtemp(join(tmpdir(), 'poolhouse-built-'));
after(() => rm(folder, { recursive: true, force: true }));

// Every path without a file is the page.
const origin = await serve({ after }, async (request, response) => {
  const { pathname } = new URL(request.url, origin);
  const file = /^\/assets\/[\w.-]+$/.test(pathname) ? pathname : '/index.html';
  response.setHeader('content-type', TYPES[file.split('.').pop()]);
  response.end(await readFile(join(folder, file)));
});

// The example is built for a pool of this file's own.
const pool = await UserPool.create({ after });
const client = await pool.createWebClient(`${origin}/callback`, { LogoutURLs: [`${origin}/`] });
const username = await pool.createUser();
const vite = ['node_modules/vite/bin/vite.js', 'build', '--mode', 'poolhouse', '--outDir', folder, '--emptyOutDir'];
const settings = { VITE_DOMAIN: ENDPOINT, VITE_ISSUER: pool.issuer, VITE_CLIENT_ID: client.id };
await run(process.execPath, vite, { cwd: EXAMPLE, env: { ...process.env, ...settings } });

async function openApp(t) {
  const window = await openWindow(t);
  const complaints = [];
  window.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await window.goto(origin);
  return { window, complaints };
}

test('the built page signs in under its content security policy', async (t) => {
  const { window, complaints } = await openApp(t);
  await window.getByRole('button', { name: 'Sign in' }).click();
  await fillSignInPage(window, { username, password: PASSWORD });
  await window.getByText(`You are signed in as ${username}.`).waitFor();
  assert.equal(window.url(), `${origin}/`);
  assert.deepEqual(complaints, []);
});

test('the built page runs no foreign script and asks no foreign server', async (t) => {
  const { window } = await openApp(t);
  const outcomes = await window.evaluate(async () => {
    const script = (properties) =>
      new Promise((resolve) => {
        const element = Object.assign(document.createElement('script'), properties);
        element.onload = () => resolve('ran');
        element.onerror = () => resolve('refused');
        document.head.append(element);
      });
    const refused = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
    });
    document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.inline = true' }));
    return {
      inline: [await refused, window.inline],
      elsewhere: await script({ src: 'http://127.0.0.1:9/script.js' }),
      request: await fetch('http://127.0.0.1:9/').catch((error) => error.name),
    };
  });
  assert.deepEqual(outcomes, { inline: ['script-src-elem', undefined], elsewhere: 'refused', request: 'TypeError' });
});
