// One Chromium for a file of tests; each test has a context, and so cookies, of its own.

import { after, before } from 'node:test';

import { chromium } from 'playwright-core';

const PATIENCE = 15_000;

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
    executablePath: process.env.POOLHOUSE_CHROMIUM,
    args: FLAGS,
  });
});

after(() => browser?.close());

// Opens a window that has never been anywhere.
export async function openWindow(test, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  test.after(() => context.close());
  return context.newPage();
}
