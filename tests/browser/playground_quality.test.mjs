// Every step of the playground: accessible, valid, as wide as the window at most, in the light and
// in the dark, on a phone and on a desk.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { accessibilityFaults, htmlFaults, overhang } from '../fixtures/page_checks.mjs';
import { PAGE, Playground, RETURN } from './playground_page.mjs';

const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];

async function isFaultless({ window }, name) {
  for (const colorScheme of ['light', 'dark']) {
    await window.emulateMedia({ colorScheme });
    for (const size of SIZES) {
      await window.setViewportSize(size);
      assert.deepEqual(await accessibilityFaults(window), [], `${name}, ${colorScheme}, ${size.width}`);
      assert.equal(await overhang(window), 0, `${name}, ${size.width}`);
    }
  }
}

test('the page is valid HTML', async () => {
  const page = await fetch(PAGE, { signal: AbortSignal.timeout(15_000) });
  assert.deepEqual(await htmlFaults(await page.text()), []);
});

test('every step is accessible and fits, with what it shows when everything is done', async (t) => {
  const playground = await Playground.create(t, { GenerateSecret: true });
  await playground.withTokens();
  await playground.step('exchange');
  await playground.window.locator('[data-mistake="no-secret"]').click();
  await playground.window.locator('[data-outcome="no-secret"]').waitFor();
  await playground.step('use');
  assert.equal(await playground.press('user-info'), 200);
  await playground.step('custom');
  await playground.window.locator('#custom-username').fill(playground.username);
  await playground.window.locator('#custom-password').fill('Correct-horse-7');
  assert.equal(await playground.press('custom-srp'), 200);
  for (const id of ['choose', 'authorize', 'exchange', 'tokens', 'use', 'implicit', 'custom']) {
    await playground.step(id);
    await isFaultless(playground, id);
  }
});

test('what goes wrong is accessible and fits too', async (t) => {
  const playground = await Playground.create(t);
  const long = 'a'.repeat(300);
  for (const query of [`code=${long}&state=guessed`, `error=invalid_scope&error_description=${long}&state=x`]) {
    await playground.goto(`${RETURN}?${query}`);
    await isFaultless(playground, query.slice(0, 10));
  }
  playground.client = await playground.pool.createWebClient('https://app.example.com/callback');
  await playground.open();
  await playground.window.locator('.registration summary').click();
  await isFaultless(playground, 'registration');
});
