// Where the identity server is. The values come from .env.poolhouse or .env.cognito; nothing else in the
// app knows which of the two it talks to.

function given(name: keyof ImportMetaEnv): string {
  const value = import.meta.env[name];
  if (!value) throw new Error(`${name} is not set. See .env.poolhouse.`);
  return value;
}

export const config = {
  // Null stands for the address of AWS.
  endpoint: import.meta.env.VITE_ENDPOINT || null,
  userPoolId: given('VITE_USER_POOL_ID'),
  clientId: given('VITE_CLIENT_ID'),
};
