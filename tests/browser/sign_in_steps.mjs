// Every step at which a person can be in the middle of something on the pages: how to get there,
// how to answer it, and how to sign in after it.

import { randomUUID } from 'node:crypto';

import { Authenticator } from '../fixtures/authenticator.mjs';
import { setUpAuthenticator } from '../fixtures/set_up_authenticator.mjs';
import { recordTexts } from '../fixtures/used_secrets.mjs';
import { PASSWORD, TEMPORARY_PASSWORD, cognito, lastMail } from '../fixtures/user_pool.mjs';
import { App } from './app.mjs';

const NEW_PASSWORD = 'Another-horse-8';

// How far ahead of this machine's the clock of the server is.
let ahead = 0;
export const letPass = (milliseconds) => (ahead += milliseconds);
const now = () => Date.now() + ahead;

class Step {
  static async of(app) {
    const step = new this();
    step.app = app;
    await step.prepare();
    return step;
  }

  prepare() {}

  // From the application to the page of the step.
  async reach() {
    await this.app.window.goto(this.app.signInUrl({ state: 'kept' }));
    await this.signInTo(this.field());
  }

  // From the sign-in page to the page that has a field.
  async signInTo(field, password = PASSWORD) {
    await this.app.submit(password);
    await field.waitFor();
  }

  // From where it was told that the step is over to the end of a new one.
  async beginAnew() {
    await this.signInTo(this.field());
    await this.answer();
  }

  // Reads the code that the step waits for, where it comes by mail.
  async readMail() {
    if (this.address) this.code = (await lastMail(this.address)).code;
  }

  named(name) {
    return this.app.window.locator(`[name="${name}"]:visible`);
  }
}

class PasswordStep extends Step {
  path = '/login';
  field = () => this.named('password');

  async reach() {
    await this.app.window.goto(this.app.signInUrl({ state: 'kept' }));
    await this.field().waitFor();
  }

  answer(click) {
    return this.app.submit(PASSWORD, click);
  }

  answerWrongly = () => this.app.submit('Wrong-horse-7');
  fillInFirst = () => this.answer();
}

class NewPasswordStep extends Step {
  field = () => this.named('confirm_password');

  async prepare() {
    this.app.username = await this.app.pool.createInvitedUser();
  }

  signInTo(field) {
    return super.signInTo(field, TEMPORARY_PASSWORD);
  }

  answer(click) {
    return this.choose(NEW_PASSWORD, click);
  }

  answerWrongly = () => this.choose('Another-horse-9');

  async choose(repeated, click) {
    await this.named('password').fill(NEW_PASSWORD);
    await this.field().fill(repeated);
    await this.named('new_password_submit').click(click);
  }
}

const demandCodes = (pool, MfaConfiguration) =>
  cognito.setUserPoolMfaConfig({
    UserPoolId: pool.id,
    SoftwareTokenMfaConfiguration: { Enabled: true },
    MfaConfiguration,
  });

class CodeStep extends Step {
  field = () => this.named('totpCode');

  async prepare() {
    const { app } = this;
    await demandCodes(app.pool, 'OPTIONAL');
    const { authenticator } = await setUpAuthenticator({
      clientId: app.client.id,
      username: app.username,
      now,
    });
    this.authenticator = authenticator;
  }

  answer(click) {
    return this.enter(this.authenticator.nextCode(), click);
  }

  answerWrongly() {
    return this.enter(this.authenticator.wrongCode());
  }

  async enter(code, click) {
    await this.field().fill(code);
    await this.named('signInSubmitButton').click(click);
  }
}

class SetUpStep extends CodeStep {
  prepare() {
    return demandCodes(this.app.pool, 'ON');
  }

  async answer(click) {
    await this.readKey();
    await super.answer(click);
  }

  async answerWrongly() {
    await this.readKey();
    await super.answerWrongly();
  }

  // The page tells the key until it is set up.
  async readKey() {
    const key = this.app.window.locator('.key');
    if (!(await key.count())) return;
    const text = (await key.textContent()).replaceAll(' ', '');
    recordTexts([text]);
    this.authenticator = new Authenticator(text, now);
  }
}

class ConfirmationStep extends Step {
  path = '/signup';
  field = () => this.named('code');

  prepare() {
    this.address = `${randomUUID()}@example.com`;
    this.app.username = `user-${randomUUID()}`;
  }

  async reach() {
    await this.app.window.goto(this.app.signInUrl({ state: 'kept' }, this.path));
    await this.fillInFirst();
    await this.field().waitFor();
  }

  async fillInFirst() {
    await this.named('username').fill(this.app.username);
    await this.named('requiredAttributes[email]').fill(this.address);
    await this.named('password').fill(PASSWORD);
    await this.named('signUpButton').click();
  }

  async answer(click) {
    if (!this.code) await this.readMail();
    await this.enter(this.code, click);
  }

  answerWrongly = () => this.enter('000000');

  async enter(code, click) {
    await this.field().fill(code);
    await this.named('confirm').click(click);
  }

  // The code is good for a day, for who says whose it is.
  async beginAnew() {
    await this.named('username').fill(this.app.username);
    await this.answer();
    await this.app.submit();
  }
}

class ResetStep extends Step {
  path = '/forgotPassword';
  field = () => this.named('code');

  async prepare() {
    this.address = `${randomUUID()}@example.com`;
    const attributes = { email: this.address, email_verified: 'true' };
    this.app.username = await this.app.pool.createUser(undefined, attributes);
  }

  async reach() {
    await this.app.window.goto(this.app.signInUrl({ state: 'kept' }, this.path));
    await this.fillInFirst();
    await this.field().waitFor();
  }

  async fillInFirst() {
    await this.named('username').fill(this.app.username);
    await this.app.window.locator('button[type=submit]').click();
  }

  async answer(click) {
    if (!this.code) await this.readMail();
    await this.enter(this.code, click);
  }

  answerWrongly = () => this.enter('000000');

  async enter(code, click) {
    await this.field().fill(code);
    await this.named('password').fill(NEW_PASSWORD);
    await this.named('confirm_password').fill(NEW_PASSWORD);
    await this.named('reset_password').click(click);
  }

  async beginAnew() {
    await this.app.window.getByRole('link', { name: 'Send another code' }).click();
    await this.app.window.locator('button[type=submit]').click();
    await this.field().waitFor();
    const used = this.code;
    for (let look = 0; look < 100 && this.code === used; look += 1) await this.readMail();
    await this.answer();
    await this.signInAfterwards();
  }

  // Nobody is signed in by a reset.
  async signInAfterwards() {
    await this.app.window.locator('#signInFormPassword').waitFor();
    await this.app.submit(NEW_PASSWORD);
  }
}

const STRICT = { Schema: [{ Name: 'email', Required: true, Mutable: true }] };

const KINDS = {
  'the password': [PasswordStep],
  'a new password': [NewPasswordStep],
  'a code': [CodeStep],
  'an authenticator app': [SetUpStep],
  'a confirmation': [ConfirmationStep, STRICT],
  'a forgotten password': [ResetStep],
};

export const STEPS = Object.keys(KINDS);

// Makes an app, with a pool and a user of its own, for a step.
export async function makeStep(t, name) {
  const [Kind, poolSettings] = KINDS[name];
  return Kind.of(await App.create(t, { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }, poolSettings));
}

// Makes the step once more, for another client, user or window of the same pool.
export function anotherStep(app, name) {
  return KINDS[name][0].of(app);
}
