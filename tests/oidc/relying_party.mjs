// A relying party made of openid-client, whose user is a scripted browser.

import * as oidc from 'openid-client';

import { ScriptedBrowser, locationOf } from '../fixtures/scripted_browser.mjs';
import { record } from '../fixtures/used_secrets.mjs';
import { PASSWORD, UserPool } from '../fixtures/user_pool.mjs';

// Nothing listens there: the redirect is read, not followed.
export const CALLBACK = 'http://localhost:3999/callback';
export const LOGGED_OUT = 'http://localhost:3999/bye';

// Plain http is for loopback only, and the signature of an ID token is always checked.
const EXECUTE = [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks];

export class RelyingParty {
  constructor(pool, client, configuration) {
    this.pool = pool;
    this.client = client;
    this.configuration = configuration;
    this.browser = new ScriptedBrowser();
  }

  // Makes a pool with one client, and discovers it as a stranger would.
  static async create(test, settings = {}, authentication = oidc.ClientSecretBasic) {
    const pool = await UserPool.create(test);
    return RelyingParty.join(pool, settings, authentication);
  }

  // Makes one more client of a pool.
  static async join(pool, settings = {}, authentication = oidc.ClientSecretBasic) {
    const client = await pool.createWebClient(CALLBACK, { LogoutURLs: [LOGGED_OUT], ...settings });
    const configuration = await oidc.discovery(
      new URL(pool.issuer),
      client.id,
      undefined,
      client.secret ? authentication(client.secret) : oidc.None(),
      { execute: EXECUTE },
    );
    return new RelyingParty(pool, client, configuration);
  }

  // Begins a sign-in: the address to send the browser to, and what to check of the answer.
  async begin(parameters = {}) {
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
    const url = oidc.buildAuthorizationUrl(this.configuration, {
      redirect_uri: CALLBACK,
      scope: 'openid email',
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
      ...parameters,
    });
    return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce } };
  }

  // Signs the user in on the page; the address the browser comes back to.
  async signIn(url, username) {
    const response = await this.browser.signIn(url, username, PASSWORD);
    return locationOf(response);
  }

  // Goes through the whole flow and returns the tokens.
  async tokens(username, parameters = {}) {
    const { url, checks } = await this.begin(parameters);
    return this.exchange(await this.signIn(url, username), checks);
  }

  // Exchanges the code that the browser came back with.
  async exchange(callback, checks) {
    const tokens = await oidc.authorizationCodeGrant(this.configuration, callback, checks);
    record(tokens);
    return tokens;
  }
}
