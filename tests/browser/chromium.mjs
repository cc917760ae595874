// One Chromium for a file of tests; each test has a context, and so cookies, of its own.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { promisify } from 'node:util';

import { chromium } from 'playwright-core';

const PATIENCE = 15_000;

const run = promisify(execFile);

// Without these, Chromium looks for hosts of its maker at every start.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.POOLHOUSE_HEADLESS ?? process.env.POOLHOUSE_CHROMIUM,
    args: FLAGS,
  });
});

after(() => browser?.close());

// Opens a window of a browser of its own, whose user trusts the CA in a file.
export async function openTrustingWindow(test, caFile) {
  const home = await mkdtemp(join(tmpdir(), 'poolhouse-home-'));
  test.after(() => rm(home, { recursive: true, force: true }));
  const database = join(home, '.pki/nssdb');
  await mkdir(database, { recursive: true });
  const certutil = (...args) => run('certutil', ['-d', `sql:${database}`, ...args]);
  await certutil('-N', '--empty-password');
  await certutil('-A', '-t', 'C,,', '-n', 'poolhouse', '-i', caFile);
  const trusting = await chromium.launch({
    executablePath: process.env.POOLHOUSE_CHROMIUM,
    args: FLAGS,
    env: { ...process.env, HOME: home },
  });
  test.after(() => trusting.close());
  const context = await trusting.newContext();
  context.setDefaultTimeout(PATIENCE);
  return context.newPage();
}

// What Chromium writes down when its user forbids every site to keep cookies.
const NO_COOKIES = { profile: { default_content_setting_values: { cookies: 2 } } };

// Opens a window of a browser of its own, whose user blocks all cookies.
export async function openWindowWithoutCookies(test) {
  const home = await mkdtemp(join(tmpdir(), 'poolhouse-profile-'));
  await mkdir(join(home, 'Default'));
  await writeFile(join(home, 'Default/Preferences'), JSON.stringify(NO_COOKIES));
  const context = await chromium.launchPersistentContext(home, {
    executablePath: process.env.POOLHOUSE_CHROMIUM,
    args: FLAGS,
  });
  test.after(async () => {
    await context.close();
    await rm(home, { recursive: true, force: true });
  });
  context.setDefaultTimeout(PATIENCE);
  return context.newPage();
}

// Opens a window that has never been anywhere.
export async function openWindow(test, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  test.after(() => context.close());
  return context.newPage();
}
