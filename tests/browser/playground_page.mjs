// The playground in a window: its steps, its panels and what they show.

import assert from 'node:assert/strict';

import { ENDPOINT, PASSWORD, UserPool } from '../fixtures/user_pool.mjs';
import { openWindow } from './chromium.mjs';

export const PAGE = `${ENDPOINT}/_poolhouse/playground`;
export const RETURN = `${PAGE}/callback`;

const SETTINGS = {
  AllowedOAuthFlows: ['code', 'implicit'],
  AllowedOAuthScopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
  LogoutURLs: [RETURN],
};

export class Playground {
  // Makes a pool, a client that the page is registered with, a user and a window.
  static async create(test, settings = {}, windowOptions = {}) {
    const playground = new Playground();
    playground.pool = await UserPool.create(test);
    playground.client = await playground.pool.createWebClient(RETURN, { ...SETTINGS, ...settings });
    playground.username = await playground.pool.createUser(undefined, { email: 'sam@example.com' });
    playground.window = await openWindow(test, windowOptions);
    playground.complaints = [];
    playground.window.on('pageerror', (error) => playground.complaints.push(error.message));
    playground.window.on('console', (message) => {
      // A refused request is what the page is about.
      if (message.type() === 'error' && !/status of 4/.test(message.text())) playground.complaints.push(message.text());
    });
    test.after(() => assert.deepEqual(playground.complaints, [], 'the browser complains'));
    return playground;
  }

  async open() {
    await this.goto(`${PAGE}?client_id=${this.client.id}`);
    assert.equal(await this.window.locator('#client').inputValue(), this.client.id);
  }

  async goto(address) {
    // A new fragment alone would be no new page.
    await this.window.goto('about:blank');
    await this.window.goto(address);
    await this.isReady();
  }

  isReady() {
    return this.window.locator('html[data-ready]').waitFor();
  }

  async step(id) {
    await this.window.locator(`.map a[href="#${id}"]`).click();
    await this.window.locator(`#${id}:not([hidden])`).waitFor();
  }

  // Follows a link to the sign-in page, and signs in there.
  async signIn(link = '#go') {
    await this.window.locator(link).click();
    await this.window.locator('#signInFormUsername:visible').fill(this.username);
    await this.window.locator('#signInFormPassword:visible').fill(PASSWORD);
    await this.window.locator('[name="signInSubmitButton"]:visible').click();
    await this.isReady();
  }

  // Signs in by the code grant, as the page leads.
  async signInByCode() {
    await this.open();
    await this.step('authorize');
    await this.signIn();
  }

  // Signs in and exchanges the code.
  async withTokens() {
    await this.signInByCode();
    assert.equal(await this.press('exchange-panel'), 200);
    await this.step('tokens');
    await this.window.locator('[data-token="access_token"]').waitFor();
  }

  // Presses the button of a panel; gives the status of the answer.
  async press(id, index = 0) {
    const panel = this.window.locator(`#${id} .exchange`).nth(index);
    const button = panel.locator(':scope > .row .button:enabled');
    const before = await panel.locator('.answer').elementHandles();
    await button.click();
    for (const answer of before) await answer.waitForElementState('hidden');
    const status = await panel.locator('.answer strong').textContent();
    return Number(status);
  }

  // What a panel shows below its answer.
  answer(id) {
    return this.text(`#${id} .answer-place`);
  }

  text(selector) {
    return this.window.locator(selector).first().innerText();
  }

  // The outcome of each step of verification.
  async verdicts() {
    const steps = this.window.locator('#verification .step');
    await steps.first().waitFor();
    return steps.evaluateAll((all) =>
      Object.fromEntries(all.map((step) => [step.querySelector('strong').textContent, step.querySelector('.verdict').textContent.trim().split(' ').at(-1)])));
  }

  // What the tab keeps.
  stored() {
    return this.window.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]));
  }
}
