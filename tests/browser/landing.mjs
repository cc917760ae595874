// Where a person lands: never on a blank page, on JSON, on an error of the browser or of the server.

import assert from 'node:assert/strict';

const faults = new WeakMap();

// Keeps an eye on the answers that a window gets, from here on.
export function watch(window) {
  faults.set(window, []);
  window.on('response', (response) => {
    if (response.status() >= 500) faults.get(window).push(`${response.status()} ${response.url()}`);
  });
}

// Checks that the window shows a page for people, and returns what it says.
export async function landing(window) {
  await window.waitForLoadState();
  assert.deepEqual(faults.get(window) ?? [], [], 'the server failed');
  assert.ok(!window.url().startsWith('chrome-error:'), 'the browser shows an error of its own');
  const heading = window.locator('h1');
  await heading.waitFor();
  const contentType = await window.evaluate(() => document.contentType);
  assert.equal(contentType, 'text/html');
  const text = async (locator) => ((await locator.count()) ? (await locator.first().textContent()).trim() : '');
  return {
    path: new URL(window.url()).pathname,
    query: new URL(window.url()).searchParams,
    heading: await text(heading),
    alert: await text(window.getByRole('alert')),
    note: await text(window.getByRole('status')),
    text: await window.locator('body').innerText(),
  };
}
