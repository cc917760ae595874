// What openid-client has found out about the identity server.

import * as oidc from 'openid-client';

import { config } from './config';

export const identityServer = await discover();

async function discover(): Promise<oidc.Configuration> {
  const issuer = new URL(config.issuer);
  const secret = oidc.ClientSecretBasic(config.clientSecret);
  const found = await oidc.discovery(issuer, config.clientId, undefined, secret, {
    // Plain http is for an identity server on this machine.
    execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
  });
  // The signature of the ID token is checked, too, though the token came straight from the server.
  oidc.enableNonRepudiationChecks(found);
  return found;
}

// The address that ends the browser's session there. Without a visit, the next "Sign in" would come back
// signed in, without a question. Cognito's parameters are not those of OpenID Connect.
export function signOutAddress(): string {
  const { end_session_endpoint: endpoint } = identityServer.serverMetadata();
  if (endpoint === undefined) throw new Error('The identity server names no end_session_endpoint.');
  const query = new URLSearchParams({ client_id: config.clientId, logout_uri: config.logoutUri });
  return `${endpoint}?${query}`;
}
