// Where the identity server is, and who we are there. The values come from .env.poolhouse or .env.cognito;
// nothing else knows which of the two it is.

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. See .env.poolhouse.`);
  return value;
}

const port = 5184;
const origin = `http://localhost:${port}`;

export const config = {
  port,
  origin,
  issuer: given('ISSUER'),
  clientId: given('CLIENT_ID'),
  clientSecret: given('CLIENT_SECRET'),
  renewEarlySeconds: Number(given('RENEW_EARLY_SECONDS')),
  scope: 'openid email',
  // Both must be among the addresses that the app client knows, letter for letter.
  redirectUri: `${origin}/callback`,
  logoutUri: `${origin}/`,
};
