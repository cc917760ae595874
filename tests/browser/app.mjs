// The app, its pool and its user, put together.

import { record } from '../fixtures/used_secrets.mjs';
import { ENDPOINT, PASSWORD, UserPool } from '../fixtures/user_pool.mjs';
import { openWindow } from './chromium.mjs';
import { serveApp } from './single_page_app.mjs';

export class App {
  // Makes a pool, a public client for the app's origin, a user, and a window.
  static async create(test, settings = {}, poolSettings = {}) {
    const app = new App();
    Object.assign(app, await serveApp(test));
    app.pool = await UserPool.create(test, poolSettings);
    app.client = await app.pool.createWebClient(app.callback, {
      LogoutURLs: [`${app.origin}/bye`],
      ...settings,
    });
    app.username = await app.pool.createUser(undefined, { email: 'sam@example.com' });
    app.window = await openWindow(test);
    Object.assign(app.settings, {
      endpoint: ENDPOINT,
      clientId: app.client.id,
      redirectUri: app.callback,
      signInUrl: app.signInUrl(),
    });
    return app;
  }

  // The address of the sign-in page, as an app links to it.
  signInUrl(parameters = {}, path = '/oauth2/authorize') {
    const query = new URLSearchParams({
      client_id: this.client.id,
      response_type: 'code',
      scope: 'openid email',
      redirect_uri: this.callback,
      ...parameters,
    });
    return `${ENDPOINT}${path}?${query}`;
  }

  // Fills in the form that is shown, and sends it.
  async submit(password = PASSWORD, click = {}) {
    await this.window.locator('#signInFormUsername:visible').fill(this.username);
    await this.window.locator('#signInFormPassword:visible').fill(password);
    await this.window.locator('[name="signInSubmitButton"]:visible').click(click);
  }

  // Waits until the app has done its work.
  async isDone() {
    await this.window.locator('#done').waitFor();
  }

  // What the app shows under a name; null when it shows nothing.
  async shown(name) {
    const element = this.window.locator(`#${name}`);
    if ((await element.count()) === 0) return null;
    const text = await element.first().textContent();
    record({ [name.replace('received-', '')]: text });
    return text;
  }

  claims(token) {
    return JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  }
}
