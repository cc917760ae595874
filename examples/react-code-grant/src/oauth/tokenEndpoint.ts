// The token endpoint, as RFC 6749 has it: forms in, JSON out.

import axios from 'axios';

import { config } from '../config';

export interface TokenAnswer {
  access_token: string;
  id_token: string;
  // Left out by a renewal, unless the app client rotates refresh tokens.
  refresh_token?: string;
  // Seconds until the access token ends.
  expires_in: number;
}

const endpoint = axios.create({ baseURL: config.domain, timeout: 15_000 });

// Spends the code. The server takes it once; asked again, it also ends the tokens of the first time.
export function exchangeCode(code: string, codeVerifier: string): Promise<TokenAnswer> {
  return tokens({
    grant_type: 'authorization_code',
    code,
    redirect_uri: config.redirectUri,
    code_verifier: codeVerifier,
  });
}

export function refresh(refreshToken: string): Promise<TokenAnswer> {
  return tokens({ grant_type: 'refresh_token', refresh_token: refreshToken });
}

// Ends the refresh token and the access tokens that came from it, as far as the server is asked about them.
export async function revoke(refreshToken: string): Promise<void> {
  await endpoint.post('/oauth2/revoke', form({ token: refreshToken }));
}

async function tokens(fields: Record<string, string>): Promise<TokenAnswer> {
  const { data } = await endpoint.post<TokenAnswer>('/oauth2/token', form(fields));
  return data;
}

// A page cannot keep a secret, so it has none: the client id alone says who asks.
function form(fields: Record<string, string>): URLSearchParams {
  return new URLSearchParams({ client_id: config.clientId, ...fields });
}
