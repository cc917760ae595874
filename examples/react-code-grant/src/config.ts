// Where the identity server is. The values come from .env.poolhouse or .env.cognito; nothing else in the
// app knows which of the two it talks to.

function given(name: keyof ImportMetaEnv): string {
  const value = import.meta.env[name];
  if (!value) throw new Error(`${name} is not set. See .env.poolhouse.`);
  return value;
}

export const config = {
  issuer: given('VITE_ISSUER'),
  domain: given('VITE_DOMAIN'),
  clientId: given('VITE_CLIENT_ID'),
  scope: 'openid email',
  // Both must be among the addresses that the app client knows, letter for letter.
  redirectUri: `${window.location.origin}/callback`,
  logoutUri: `${window.location.origin}/`,
};
