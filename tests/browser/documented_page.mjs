// A page that the documentation tells to save, served as a reader serves it, in a browser.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { normalize } from 'node:path';

import { serve } from '../fixtures/loopback.mjs';
import { ENDPOINT, UserPool } from '../fixtures/user_pool.mjs';
import { openWindow } from './chromium.mjs';

const ROOT = new URL('../../', import.meta.url);
const PACKAGES = new URL('../node_modules/', import.meta.url);

// What the documentation writes in place of an own address, pool and client.
const SAMPLES = {
  endpoint: 'http://localhost:9229',
  pool: 'us-east-1_5af3v2UKS',
  client: 'ursf8tho6k2xjpxvrzz0uqu4mu',
  app: 'http://localhost:3000',
};

// Serves the page that `document` calls index.html, with a pool, a client that has `settings`
// and a user of its own, and opens a window.
export async function openDocumentedPage(t, document, settings = {}) {
  const text = await readFile(new URL(document, ROOT), 'utf8');
  const [, page] = text.match(/^```html\n(<!-- index\.html -->\n.*?)^```$/ms) ?? [];
  assert.ok(page, `${document} has no index.html`);
  const values = { endpoint: ENDPOINT };
  const origin = await serve(t, (request, response) => answer(request, response, fillIn(page, values)));
  const pool = await UserPool.create(t);
  const client = await pool.createWebClient(`${origin}/`, {
    AllowedOAuthScopes: ['openid', 'email', 'profile'],
    LogoutURLs: [`${origin}/`],
    ...settings,
  });
  Object.assign(values, { pool: pool.id, client: client.id, app: origin });
  const username = await pool.createUser(undefined, { email: 'eve@example.com', email_verified: 'true' });
  return { origin, pool, client, username, window: await openWindow(t) };
}

async function answer(request, response, page) {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  if (!path.startsWith('/node_modules/')) {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    return;
  }
  const script = await readFile(new URL(path.slice('/node_modules/'.length), PACKAGES)).catch(() => null);
  if (script === null) response.writeHead(404).end();
  else response.setHeader('content-type', 'text/javascript').end(script);
}

function fillIn(page, values) {
  const pairs = Object.entries(SAMPLES).filter(([name]) => values[name]);
  return pairs.reduce((text, [name, sample]) => text.replaceAll(sample, values[name]), page);
}
