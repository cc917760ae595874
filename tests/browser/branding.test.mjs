// The owner's stylesheet and logo in a real browser.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { isFocused } from '../fixtures/keyboard.mjs';
import { cognito } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';
import { openWindow } from './chromium.mjs';

// One orange pixel.
const LOGO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4n8YAAAPNAWbDbP9aAAAAAElFTkSuQmCC',
  'base64',
);

// Gives the pool of an app a domain and a look for the time of a test.
async function dressed(app, look, run) {
  const domain = { UserPoolId: app.pool.id, Domain: `d-${randomUUID()}` };
  await cognito.createUserPoolDomain(domain);
  try {
    await cognito.setUICustomization({ UserPoolId: app.pool.id, ...look });
    await run();
  } finally {
    await cognito.deleteUserPoolDomain(domain);
  }
}

const styleOf = (window, selector, property) =>
  window.evaluate(
    ([selector, property]) =>
      getComputedStyle(document.querySelector(selector)).getPropertyValue(property),
    [selector, property],
  );

test('a page wears the colours and the logo of its owner, in the light and in the dark', async (t) => {
  const app = await App.create(t);
  const CSS = `
    .background-customizable { background-color: #fff }
    .submitButton-customizable { background-color: rgb(51, 122, 183); width: 50% }
    .inputField-customizable:focus { border-color: rgb(1, 2, 3); }
    .errorMessage-customizable { color: rgb(4, 5, 6) }`;
  await dressed(app, { CSS, ImageFile: LOGO }, async () => {
    for (const colorScheme of ['light', 'dark']) {
      app.window = await openWindow(t, { colorScheme });
      const complaints = [];
      app.window.on(
        'console',
        (message) => message.type() === 'error' && complaints.push(message.text()),
      );
      await app.window.goto(app.signInUrl());
      const button = '[name="signInSubmitButton"]';
      assert.equal(await styleOf(app.window, button, 'background-color'), 'rgb(51, 122, 183)');
      await isFocused(app.window, '#signInFormUsername');
      assert.equal(
        await styleOf(app.window, '#signInFormUsername', 'border-top-color'),
        'rgb(1, 2, 3)',
        'the field has the focus',
      );
      // What the owner has not coloured can be read on what they have.
      assert.equal(await styleOf(app.window, 'h1', 'color'), 'rgb(16, 37, 45)', colorScheme);
      const logo = app.window.locator('img.logo-customizable');
      assert.equal(await logo.evaluate((image) => image.complete && image.naturalWidth), 1);
      await app.submit('Wrong-horse-7');
      await app.window.locator('.errorMessage-customizable').waitFor();
      const notice = '.errorMessage-customizable';
      assert.equal(await styleOf(app.window, notice, 'color'), 'rgb(4, 5, 6)');
      assert.deepEqual(complaints, []);
    }
    await app.submit();
    await app.isDone();
  });
});

test('s51 a browser reads in a stylesheet what the server read in it', async (t) => {
  const app = await App.create(t);
  const CSS = `/* </style><script>window.hacked=1</script> */
    .label-customizable, .submitButton-customizable:hover { COLOR: Red ! important; color: blue; }
    .banner-customizable{margin:-.5em/**/+1px;background:linear-gradient(135deg,#123,rgb(1 2 3/50%))}
    .textDescription-customizable { font-family: 'Noto Sans', "メイリオ", serif; width: calc(100% - 2px) }`;
  await dressed(app, { CSS }, async () => {
    await app.window.goto(app.signInUrl());
    const rules = await app.window.evaluate(() => {
      const [, own] = document.styleSheets;
      return [...own.cssRules].map((rule) => [rule.selectorText, [...rule.style].sort()]);
    });
    const selectors = rules.map(([selector]) => selector);
    assert.deepEqual(selectors, [
      ':root .label-customizable, :root .submitButton-customizable:hover',
      ':root .banner-customizable',
      ':root .textDescription-customizable',
    ]);
    const [[, label], [, banner], [, text]] = rules;
    assert.deepEqual(label, ['color']);
    assert.ok(banner.includes('background-image') && banner.includes('margin-top'), `${banner}`);
    assert.deepEqual(text, ['font-family', 'width']);
    assert.equal(await app.window.evaluate(() => window.hacked), undefined);
  });
});

test('s51 an address of a look runs nothing when it is opened as a page', async (t) => {
  const app = await App.create(t);
  const html = Buffer.from('<script>window.hacked=1</script>');
  await dressed(app, { ImageFile: Buffer.concat([LOGO, html]) }, async () => {
    await app.window.goto(app.signInUrl());
    const address = await app.window.locator('img.logo-customizable').getAttribute('src');
    const response = await app.window.goto(new URL(address, app.window.url()).href);
    assert.equal(response.headers()['content-type'], 'image/png');
    assert.equal(response.headers()['x-content-type-options'], 'nosniff');
    assert.equal(await app.window.evaluate(() => window.hacked), undefined);
  });
});
